<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>AboutDialog</name>
  <message>
   <source>About latentedit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Edited faces can deceive. Edit people who agree to it, say that a picture was edited, and never use one to pass for somebody, to mock or to harm.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From: {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Honest use</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Licence: {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Licences of the program</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Limits: {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Networks and what they may be used for</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>None stated.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This window uses PyQt6, which is under the GPL, version 3: whoever passes on the program together with it does so under the GPL's terms. Qt 6 is under the LGPL, version 3.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Version {}. Open your own photograph, and its faces become sliders.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>latentedit is free software under the MIT licence.</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>CatalogueWords</name>
  <message>
   <source>Compares pictures the way eyes do, closely</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Compares pictures the way eyes do, quickly</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Draws faces</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Finds eyes, nose and mouth</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Finds faces that are hard to see</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Helps to find the directions of age and gender</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its backbone was trained on ImageNet, whose photographs are for non-commercial research.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keeps a face looking like the person</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Learnt from NVIDIA's StyleGAN2, which was trained on the FFHQ photographs; those are for non-commercial use.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>None stated. It compares faces: keep to the law where you are.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Repeats the biases of its training photographs: for finding directions, not for judging people.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Trained on the iBUG 300-W photographs, which are for non-commercial use.</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>ErrorDialog</name>
  <message>
   <source>&amp;Copy all</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Details</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A fault in latentedit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close this message</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copied</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copy the message and all details to the clipboard</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Details of the fault</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is sent anywhere: the details stay on this computer unless you copy and paste them.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Show or hide where in the program it happened</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Something went wrong inside latentedit. This is a bug, not your mistake.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>This did not work</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Versions, system, and where in the program it happened</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your photograph is unchanged. Save your project, and if this happens again, report it with the details.</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>ExportDialog</name>
  <message>
   <source>&amp;Export</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Kind of file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Mark as edited with AI</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Picture</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Replace</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A file's name cannot have any of these characters: {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A note inside the file, nothing visible: it lets others know that parts of a face were drawn by a model.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Also a &amp;hidden layer for each edit alone</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Besides one layer for each face, to switch single edits on and off in GIMP or Krita</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cancel</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Choose the folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close without exporting</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Export {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Face {} alone, as a square</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Give the file a name.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Layers for GIMP, Krita and others: the photograph, and over it each face.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Loses nothing, for print and further editing; large.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Loses nothing; larger.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Small, for the web; loses a little unless the photograph's own file loses nothing.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Small, understood everywhere; loses a little.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>That is the photograph itself. It is never overwritten: choose another name or folder.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The folder that the file goes to</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The kind of file; typing another ending after the name changes it too</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The new file's name</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The photograph with its edited faces, or one face cut out</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The photograph's own kind. If it was saved with loss, all of it is compressed once more.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The photograph's own kind: all that the edits don't touch stays exactly as it was.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The whole photograph</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is a file of that name; it will be replaced.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is a folder of that name.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no such folder.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Write the file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Writes the standard note that parts of the picture were made by a trained model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} edited</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{} face {}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>FirstRunDialog</name>
  <message>
   <source>&amp;Agree and download</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Continue the download</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Not now</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Stop</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Try again</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Before the first photograph</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Connecting</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Download the networks under the terms listed here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Downloading: {} of {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From the Python package index that this computer is set up for (usually pypi.org). Kept in {}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From: {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Licence: {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Limits: {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Look around without; faces cannot be edited until the networks are here</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Making everything ready</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Progress</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Progress of the download</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stop the download; it goes on later where it stopped</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stopped. What was downloaded is kept.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Stopping</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Welcome to latentedit</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your photographs never leave this computer. Everything is computed here, without an account.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>latentedit needs trained networks that are not part of the program: {} to download, once.</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>PreferencesDialog</name>
  <message>
   <source> milliseconds</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source> seconds</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Appearance</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Compute with</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Draw the photograph after</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Language</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Another language or device is used from the next start on.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Apple graphics</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As the system</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Automatic: the fastest there is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Balanced: good for most photographs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Dark</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How long a slider rests before the whole photograph is drawn; longer is easier on slow computers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How much time is spent on learning a face when it is clicked</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How often unsaved work is kept, in case the program or the computer stops</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keep &amp;unsaved work every</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Learning a &amp;face</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Light</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Light or dark window</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>NVIDIA graphics card</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Preferences</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Processor</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Quick: a first look</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The language of menus and messages</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The part of this computer that draws faces</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Thorough: closest to the person, takes longest</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>RecoveryDialog</name>
  <message numerus="yes">
   <source>%n project(s) with unsaved changes can be recovered.</source>
   <translation type="unfinished">
    <numerusform />
    <numerusform />
   </translation>
  </message>
  <message>
   <source>&amp;Continue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A photograph</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ask again at the next start</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Ask me &amp;later</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Delete the unsaved changes; a saved project stays as it is</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Discard</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Do with each project what is chosen above</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keep everything, and ask again at the next start</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keep for later</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Kept {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Never saved as a project</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Open it as it was</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Project: {}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Recover</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Recover unsaved work</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>latentedit did not close as it should</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{}: {}</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>ShortcutsDialog</name>
  <message>
   <source> or </source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Action</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Elsewhere</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Keys</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No shortcut is called that.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search by name or key</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Search shortcuts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Shortcuts</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Type a part of a name, or a key such as Ctrl</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What can be done from the keyboard</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>UnsavedQuestion</name>
  <message>
   <source>&amp;Don't save</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>&amp;Save</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Cancel</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Close it without the changes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Go on editing</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save the changes to {}?</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Save the project, then close it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Unsaved changes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What you did since you saved last is lost if you don't. The photograph itself stays as it is.</source>
   <translation type="unfinished" />
  </message>
 </context>
</TS>
