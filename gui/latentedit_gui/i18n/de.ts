<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>AboutDialog</name>
  <message>
   <source>About latentedit</source>
   <translation>Über latentedit</translation>
  </message>
  <message>
   <source>Back to the photograph</source>
   <translation>Zurück zum Foto</translation>
  </message>
  <message>
   <source>Edited faces can deceive. Edit people who agree to it, say that a picture was edited, and never use one to pass for somebody, to mock or to harm.</source>
   <translation>Bearbeitete Gesichter können täuschen. Bearbeiten Sie Menschen, die einverstanden sind, sagen Sie dazu, dass ein Bild bearbeitet wurde, und benutzen Sie es nie, um sich als jemand anderes auszugeben, zu verspotten oder zu schaden.</translation>
  </message>
  <message>
   <source>From: {}</source>
   <translation>Von: {}</translation>
  </message>
  <message>
   <source>Honest use</source>
   <translation>Ehrlicher Umgang</translation>
  </message>
  <message>
   <source>Licence: {}</source>
   <translation>Lizenz: {}</translation>
  </message>
  <message>
   <source>Licences of the program</source>
   <translation>Lizenzen des Programms</translation>
  </message>
  <message>
   <source>Limits: {}</source>
   <translation>Einschränkungen: {}</translation>
  </message>
  <message>
   <source>Networks and what they may be used for</source>
   <translation>Die Netze und wofür sie benutzt werden dürfen</translation>
  </message>
  <message>
   <source>None stated.</source>
   <translation>Keine genannt.</translation>
  </message>
  <message>
   <source>This window uses PyQt6, which is under the GPL, version 3: whoever passes on the program together with it does so under the GPL's terms. Qt 6 is under the LGPL, version 3.</source>
   <translation>Dieses Fenster benutzt PyQt6, das unter der GPL, Version 3, steht: Wer das Programm zusammen damit weitergibt, tut es zu den Bedingungen der GPL. Qt 6 steht unter der LGPL, Version 3.</translation>
  </message>
  <message>
   <source>Version {}. Open your own photograph, and its faces become sliders.</source>
   <translation>Version {}. Öffnen Sie Ihr eigenes Foto, und seine Gesichter werden zu Reglern.</translation>
  </message>
  <message>
   <source>latentedit is free software under the MIT licence.</source>
   <translation>latentedit ist freie Software unter der MIT-Lizenz.</translation>
  </message>
 </context>
 <context>
  <name>Actions</name>
  <message>
   <source>&amp;About latentedit</source>
   <translation>Ü&amp;ber latentedit</translation>
  </message>
  <message>
   <source>&amp;Actual size</source>
   <translation>&amp;Originalgröße</translation>
  </message>
  <message>
   <source>&amp;Before and after</source>
   <translation>&amp;Vorher und nachher</translation>
  </message>
  <message>
   <source>&amp;Brush</source>
   <translation>&amp;Pinsel</translation>
  </message>
  <message>
   <source>&amp;Clear what was painted</source>
   <translation>Gemaltes &amp;löschen</translation>
  </message>
  <message>
   <source>&amp;Close</source>
   <translation>S&amp;chließen</translation>
  </message>
  <message>
   <source>&amp;Copy picture</source>
   <translation>Bild &amp;kopieren</translation>
  </message>
  <message>
   <source>&amp;Drag points</source>
   <translation>Punkte &amp;ziehen</translation>
  </message>
  <message>
   <source>&amp;Edit</source>
   <translation>&amp;Bearbeiten</translation>
  </message>
  <message>
   <source>&amp;Eraser</source>
   <translation>&amp;Radierer</translation>
  </message>
  <message>
   <source>&amp;Export…</source>
   <translation>&amp;Exportieren …</translation>
  </message>
  <message>
   <source>&amp;File</source>
   <translation>&amp;Datei</translation>
  </message>
  <message>
   <source>&amp;Find faces again</source>
   <translation>Gesichter neu &amp;suchen</translation>
  </message>
  <message>
   <source>&amp;Fit</source>
   <translation>&amp;Einpassen</translation>
  </message>
  <message>
   <source>&amp;Hand</source>
   <translation>&amp;Hand</translation>
  </message>
  <message>
   <source>&amp;Help</source>
   <translation>&amp;Hilfe</translation>
  </message>
  <message>
   <source>&amp;Keyboard shortcuts</source>
   <translation>&amp;Tastenkürzel</translation>
  </message>
  <message>
   <source>&amp;Learn this face again</source>
   <translation>Dieses Gesicht neu &amp;lernen</translation>
  </message>
  <message>
   <source>&amp;Open…</source>
   <translation>Ö&amp;ffnen …</translation>
  </message>
  <message>
   <source>&amp;Outlines of faces</source>
   <translation>&amp;Umrisse der Gesichter</translation>
  </message>
  <message>
   <source>&amp;Paste picture</source>
   <translation>Bild &amp;einfügen</translation>
  </message>
  <message>
   <source>&amp;Quit</source>
   <translation>&amp;Beenden</translation>
  </message>
  <message>
   <source>&amp;Redo</source>
   <translation>&amp;Wiederholen</translation>
  </message>
  <message>
   <source>&amp;Save project</source>
   <translation>Projekt &amp;speichern</translation>
  </message>
  <message>
   <source>&amp;Select</source>
   <translation>&amp;Auswählen</translation>
  </message>
  <message>
   <source>&amp;Tools</source>
   <translation>&amp;Werkzeuge</translation>
  </message>
  <message>
   <source>&amp;Undo</source>
   <translation>&amp;Rückgängig</translation>
  </message>
  <message>
   <source>&amp;View</source>
   <translation>&amp;Ansicht</translation>
  </message>
  <message>
   <source>All keys, to search</source>
   <translation>Alle Tasten, zum Suchen</translation>
  </message>
  <message>
   <source>Before on the left of a line, after on its right</source>
   <translation>Links einer Linie vorher, rechts davon nachher</translation>
  </message>
  <message>
   <source>Click a face to edit it</source>
   <translation>Ein Gesicht anklicken, um es zu bearbeiten</translation>
  </message>
  <message>
   <source>Close the photograph</source>
   <translation>Das Foto schließen</translation>
  </message>
  <message>
   <source>Copy the edited photograph to the clipboard</source>
   <translation>Das bearbeitete Foto in die Zwischenablage kopieren</translation>
  </message>
  <message>
   <source>Do again what was taken back</source>
   <translation>Zurückgenommenes wieder tun</translation>
  </message>
  <message>
   <source>End latentedit</source>
   <translation>latentedit beenden</translation>
  </message>
  <message>
   <source>Forget the faces and their edits, and look for them anew</source>
   <translation>Die Gesichter und ihre Bearbeitungen vergessen und neu suchen</translation>
  </message>
  <message>
   <source>Language, look, how faces are learnt</source>
   <translation>Sprache, Aussehen, wie Gesichter gelernt werden</translation>
  </message>
  <message>
   <source>Let the whole face change again</source>
   <translation>Wieder das ganze Gesicht ändern lassen</translation>
  </message>
  <message>
   <source>Look for the face anew; its edits stay</source>
   <translation>Das Gesicht von Neuem lernen; seine Bearbeitungen bleiben</translation>
  </message>
  <message>
   <source>Move the photograph</source>
   <translation>Das Foto verschieben</translation>
  </message>
  <message>
   <source>One pixel of the photograph on one of the screen</source>
   <translation>Ein Pixel des Fotos auf einem des Bildschirms</translation>
  </message>
  <message>
   <source>Open a photograph or a project</source>
   <translation>Ein Foto oder Projekt öffnen</translation>
  </message>
  <message>
   <source>Open the picture that is on the clipboard</source>
   <translation>Das Bild aus der Zwischenablage öffnen</translation>
  </message>
  <message>
   <source>P&amp;references…</source>
   <translation>E&amp;instellungen …</translation>
  </message>
  <message>
   <source>Paint where the face may change</source>
   <translation>Malen, wo sich das Gesicht ändern darf</translation>
  </message>
  <message>
   <source>Pull a point of the face somewhere else</source>
   <translation>Einen Punkt des Gesichts woandershin ziehen</translation>
  </message>
  <message>
   <source>Reset &amp;face</source>
   <translation>&amp;Gesicht zurücksetzen</translation>
  </message>
  <message>
   <source>Save project &amp;as…</source>
   <translation>Projekt speichern &amp;unter …</translation>
  </message>
  <message>
   <source>Save the photograph with all edits, to go on later</source>
   <translation>Das Foto mit allen Bearbeitungen speichern, um später weiterzumachen</translation>
  </message>
  <message>
   <source>Save the project under another name</source>
   <translation>Das Projekt unter anderem Namen speichern</translation>
  </message>
  <message>
   <source>See it larger</source>
   <translation>Größer sehen</translation>
  </message>
  <message>
   <source>See more of it</source>
   <translation>Mehr davon sehen</translation>
  </message>
  <message>
   <source>See the whole photograph</source>
   <translation>Das ganze Foto sehen</translation>
  </message>
  <message>
   <source>Show be&amp;fore</source>
   <translation>Vorher &amp;zeigen</translation>
  </message>
  <message>
   <source>Show where the faces are</source>
   <translation>Zeigen, wo die Gesichter sind</translation>
  </message>
  <message>
   <source>Take away from what was painted</source>
   <translation>Vom Gemalten wegnehmen</translation>
  </message>
  <message>
   <source>Take back everything that was done to this face</source>
   <translation>Alles zurücknehmen, was an diesem Gesicht geändert wurde</translation>
  </message>
  <message>
   <source>Take the last change back</source>
   <translation>Die letzte Änderung zurücknehmen</translation>
  </message>
  <message>
   <source>The photograph as it was</source>
   <translation>Das Foto, wie es war</translation>
  </message>
  <message>
   <source>Version, licences, and what the weights may be used for</source>
   <translation>Version, Lizenzen und wofür die Netze benutzt werden dürfen</translation>
  </message>
  <message>
   <source>Write the edited photograph as a picture</source>
   <translation>Das bearbeitete Foto als Bild schreiben</translation>
  </message>
  <message>
   <source>Zoom &amp;in</source>
   <translation>&amp;Vergrößern</translation>
  </message>
  <message>
   <source>Zoom &amp;out</source>
   <translation>Ver&amp;kleinern</translation>
  </message>
 </context>
 <context>
  <name>Canvas</name>
  <message>
   <source>After</source>
   <translation>Nachher</translation>
  </message>
  <message>
   <source>Before</source>
   <translation>Vorher</translation>
  </message>
  <message>
   <source>Drop a photograph here</source>
   <translation>Ein Foto hier ablegen</translation>
  </message>
  <message>
   <source>Photograph</source>
   <translation>Foto</translation>
  </message>
 </context>
 <context>
  <name>Card</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Stop this; nothing is changed</source>
   <translation>Anhalten; nichts wird geändert</translation>
  </message>
 </context>
 <context>
  <name>CatalogueWords</name>
  <message>
   <source>Compares pictures the way eyes do, closely</source>
   <translation>Vergleicht Bilder, wie Augen es tun, genau</translation>
  </message>
  <message>
   <source>Compares pictures the way eyes do, quickly</source>
   <translation>Vergleicht Bilder, wie Augen es tun, schnell</translation>
  </message>
  <message>
   <source>Draws faces</source>
   <translation>Zeichnet Gesichter</translation>
  </message>
  <message>
   <source>Finds eyes, nose and mouth</source>
   <translation>Findet Augen, Nase und Mund</translation>
  </message>
  <message>
   <source>Finds faces that are hard to see</source>
   <translation>Findet schwer erkennbare Gesichter</translation>
  </message>
  <message>
   <source>Helps to find the directions of age and gender</source>
   <translation>Hilft, Regler für Alter und Geschlecht zu finden</translation>
  </message>
  <message>
   <source>Its backbone was trained on ImageNet, whose photographs are for non-commercial research.</source>
   <translation>Sein Grundnetz wurde mit ImageNet trainiert, dessen Fotos für nicht kommerzielle Forschung bestimmt sind.</translation>
  </message>
  <message>
   <source>Keeps a face looking like the person</source>
   <translation>Sorgt dafür, dass ein Gesicht der Person ähnlich bleibt</translation>
  </message>
  <message>
   <source>Learnt from NVIDIA's StyleGAN2, which was trained on the FFHQ photographs; those are for non-commercial use.</source>
   <translation>Von NVIDIAs StyleGAN2 gelernt, das mit den FFHQ-Fotos trainiert wurde; diese sind für nicht kommerzielle Zwecke bestimmt.</translation>
  </message>
  <message>
   <source>None stated. It compares faces: keep to the law where you are.</source>
   <translation>Keine genannt. Es vergleicht Gesichter: Halten Sie sich an das Recht Ihres Landes.</translation>
  </message>
  <message>
   <source>Repeats the biases of its training photographs: for finding directions, not for judging people.</source>
   <translation>Wiederholt die Vorurteile seiner Trainingsfotos: zum Finden von Reglern, nicht zum Beurteilen von Menschen.</translation>
  </message>
  <message>
   <source>Trained on the iBUG 300-W photographs, which are for non-commercial use.</source>
   <translation>Mit den iBUG-300-W-Fotos trainiert, die für nicht kommerzielle Zwecke bestimmt sind.</translation>
  </message>
 </context>
 <context>
  <name>ErrorDialog</name>
  <message>
   <source>&amp;Copy all</source>
   <translation>Alles &amp;kopieren</translation>
  </message>
  <message>
   <source>&amp;Details</source>
   <translation>&amp;Details</translation>
  </message>
  <message>
   <source>A fault in latentedit</source>
   <translation>Ein Fehler in latentedit</translation>
  </message>
  <message>
   <source>Close this message</source>
   <translation>Diese Meldung schließen</translation>
  </message>
  <message>
   <source>Copied</source>
   <translation>Kopiert</translation>
  </message>
  <message>
   <source>Copy the message and all details to the clipboard</source>
   <translation>Die Meldung und alle Einzelheiten in die Zwischenablage kopieren</translation>
  </message>
  <message>
   <source>Details of the fault</source>
   <translation>Einzelheiten des Fehlers</translation>
  </message>
  <message>
   <source>Nothing is sent anywhere: the details stay on this computer unless you copy and paste them.</source>
   <translation>Nichts wird versendet: Die Einzelheiten bleiben auf diesem Computer, solange Sie sie nicht selbst kopieren und einfügen.</translation>
  </message>
  <message>
   <source>Show or hide where in the program it happened</source>
   <translation>Zeigen oder verbergen, wo im Programm es geschah</translation>
  </message>
  <message>
   <source>Something went wrong inside latentedit. This is a bug, not your mistake.</source>
   <translation>In latentedit ist etwas schiefgegangen. Das ist ein Programmfehler und liegt nicht an Ihnen.</translation>
  </message>
  <message>
   <source>This did not work</source>
   <translation>Das hat nicht geklappt</translation>
  </message>
  <message>
   <source>Versions, system, and where in the program it happened</source>
   <translation>Versionen, System und wo im Programm es geschah</translation>
  </message>
  <message>
   <source>Your photograph is unchanged. Save your project, and if this happens again, report it with the details.</source>
   <translation>Ihr Foto ist unverändert. Speichern Sie Ihr Projekt, und falls es wieder geschieht, melden Sie es mit den Einzelheiten.</translation>
  </message>
 </context>
 <context>
  <name>ExportDialog</name>
  <message>
   <source>&amp;Export</source>
   <translation>&amp;Exportieren</translation>
  </message>
  <message>
   <source>&amp;Folder</source>
   <translation>&amp;Ordner</translation>
  </message>
  <message>
   <source>&amp;Kind of file</source>
   <translation>&amp;Dateiart</translation>
  </message>
  <message>
   <source>&amp;Mark as edited with AI</source>
   <translation>Als mit &amp;KI bearbeitet kennzeichnen</translation>
  </message>
  <message>
   <source>&amp;Name</source>
   <translation>&amp;Name</translation>
  </message>
  <message>
   <source>&amp;Picture</source>
   <translation>&amp;Bild</translation>
  </message>
  <message>
   <source>&amp;Replace</source>
   <translation>&amp;Ersetzen</translation>
  </message>
  <message>
   <source>A file's name cannot have any of these characters: {}</source>
   <translation>Ein Dateiname darf keines dieser Zeichen enthalten: {}</translation>
  </message>
  <message>
   <source>A note inside the file, nothing visible: it lets others know that parts of a face were drawn by a model.</source>
   <translation>Ein Vermerk in der Datei, im Bild unsichtbar: So erfahren andere, dass Teile eines Gesichts von einem Modell gezeichnet wurden.</translation>
  </message>
  <message>
   <source>Also a &amp;hidden layer for each edit alone</source>
   <translation>Auch eine &amp;verborgene Ebene für jede einzelne Bearbeitung</translation>
  </message>
  <message>
   <source>Besides one layer for each face, to switch single edits on and off in GIMP or Krita</source>
   <translation>Neben einer Ebene für jedes Gesicht, um einzelne Bearbeitungen in GIMP oder Krita ein- und auszuschalten</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Choose the folder</source>
   <translation>Den Ordner wählen</translation>
  </message>
  <message>
   <source>Close without exporting</source>
   <translation>Schließen, ohne zu exportieren</translation>
  </message>
  <message>
   <source>Export {}</source>
   <translation>{} exportieren</translation>
  </message>
  <message>
   <source>Face {} alone, as a square</source>
   <translation>Nur Gesicht {}, als Quadrat</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <source>Give the file a name that does not begin with a dot.</source>
   <translation>Geben Sie der Datei einen Namen, der nicht mit einem Punkt beginnt.</translation>
  </message>
  <message>
   <source>Layers for GIMP, Krita and others: the photograph, and over it each face.</source>
   <translation>Ebenen für GIMP, Krita und andere: das Foto und darüber jedes Gesicht.</translation>
  </message>
  <message>
   <source>Loses nothing, for print and further editing; large.</source>
   <translation>Verlustfrei, für Druck und weitere Bearbeitung; groß.</translation>
  </message>
  <message>
   <source>Loses nothing; larger.</source>
   <translation>Verlustfrei; größer.</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Small, for the web; loses a little unless the photograph's own file loses nothing.</source>
   <translation>Klein, fürs Web; mit etwas Verlust, außer wenn die Datei des Fotos selbst verlustfrei ist.</translation>
  </message>
  <message>
   <source>Small, understood everywhere; loses a little.</source>
   <translation>Klein, überall lesbar; mit etwas Verlust.</translation>
  </message>
  <message>
   <source>That is the photograph itself. It is never overwritten: choose another name or folder.</source>
   <translation>Das ist das Foto selbst. Es wird nie überschrieben: Wählen Sie einen anderen Namen oder Ordner.</translation>
  </message>
  <message>
   <source>The folder that the file goes to</source>
   <translation>Der Ordner, in den die Datei kommt</translation>
  </message>
  <message>
   <source>The kind of file; typing another ending after the name changes it too</source>
   <translation>Die Art der Datei; eine andere Endung hinter dem Namen ändert sie ebenfalls</translation>
  </message>
  <message>
   <source>The new file's name</source>
   <translation>Der Name der neuen Datei</translation>
  </message>
  <message>
   <source>The photograph with its edited faces, or one face cut out</source>
   <translation>Das Foto mit seinen bearbeiteten Gesichtern oder ein Gesicht als Ausschnitt</translation>
  </message>
  <message>
   <source>The photograph's own kind. If it was saved with loss, all of it is compressed once more.</source>
   <translation>Die eigene Dateiart des Fotos. War es mit Verlust gespeichert, wird alles noch einmal komprimiert.</translation>
  </message>
  <message>
   <source>The photograph's own kind: all that the edits don't touch stays exactly as it was.</source>
   <translation>Die eigene Dateiart des Fotos: Alles, was nicht bearbeitet wurde, bleibt genau, wie es war.</translation>
  </message>
  <message>
   <source>The whole photograph</source>
   <translation>Das ganze Foto</translation>
  </message>
  <message>
   <source>There is a file of that name; it will be replaced.</source>
   <translation>Es gibt schon eine Datei dieses Namens; sie wird ersetzt.</translation>
  </message>
  <message>
   <source>There is a folder of that name.</source>
   <translation>Es gibt einen Ordner dieses Namens.</translation>
  </message>
  <message>
   <source>There is no such folder.</source>
   <translation>Diesen Ordner gibt es nicht.</translation>
  </message>
  <message>
   <source>Write the file</source>
   <translation>Die Datei schreiben</translation>
  </message>
  <message>
   <source>Writes the standard note that parts of the picture were made by a trained model</source>
   <translation>Schreibt den üblichen Vermerk, dass Teile des Bildes von einem trainierten Modell stammen</translation>
  </message>
  <message>
   <source>{} edited</source>
   <translation>{} bearbeitet</translation>
  </message>
  <message>
   <source>{} face {}</source>
   <translation>{} Gesicht {}</translation>
  </message>
 </context>
 <context>
  <name>FaceView</name>
  <message>
   <source>After</source>
   <translation>Nachher</translation>
  </message>
  <message>
   <source>Before</source>
   <translation>Vorher</translation>
  </message>
  <message>
   <source>The face alone, before and after</source>
   <translation>Nur das Gesicht, vorher und nachher</translation>
  </message>
 </context>
 <context>
  <name>Files</name>
  <message>
   <source>All files (*)</source>
   <translation>Alle Dateien (*)</translation>
  </message>
  <message>
   <source>Copied. Whoever gets it cannot see that it was edited: please say so.</source>
   <translation>Kopiert. Wer es bekommt, sieht ihm die Bearbeitung nicht an: Bitte sagen Sie es dazu.</translation>
  </message>
  <message>
   <source>Exported {}</source>
   <translation>{} exportiert</translation>
  </message>
  <message>
   <source>Exporting {}…</source>
   <translation>{} wird exportiert …</translation>
  </message>
  <message>
   <source>Forget these</source>
   <translation>Diese vergessen</translation>
  </message>
  <message>
   <source>Go on?</source>
   <translation>Weitermachen?</translation>
  </message>
  <message>
   <source>Only the first of these files was opened. The batch panel edits many.</source>
   <translation>Nur die erste dieser Dateien wurde geöffnet. Viele bearbeitet das Stapelfenster.</translation>
  </message>
  <message>
   <source>Open a photograph or project</source>
   <translation>Foto oder Projekt öffnen</translation>
  </message>
  <message>
   <source>Pasted picture.png</source>
   <translation>Eingefügtes Bild.png</translation>
  </message>
  <message>
   <source>Photographs and projects ({})</source>
   <translation>Fotos und Projekte ({})</translation>
  </message>
  <message>
   <source>Projects ({})</source>
   <translation>Projekte ({})</translation>
  </message>
  <message>
   <source>Save the project</source>
   <translation>Das Projekt speichern</translation>
  </message>
  <message>
   <source>Saved {}</source>
   <translation>{} gespeichert</translation>
  </message>
  <message>
   <source>Show it</source>
   <translation>Zeigen</translation>
  </message>
  <message>
   <source>There is no picture on the clipboard.</source>
   <translation>In der Zwischenablage ist kein Bild.</translation>
  </message>
 </context>
 <context>
  <name>FirstRunDialog</name>
  <message>
   <source>&amp;Agree and download</source>
   <translation>&amp;Zustimmen und herunterladen</translation>
  </message>
  <message>
   <source>&amp;Continue the download</source>
   <translation>Download &amp;fortsetzen</translation>
  </message>
  <message>
   <source>&amp;Not now</source>
   <translation>&amp;Nicht jetzt</translation>
  </message>
  <message>
   <source>&amp;Stop</source>
   <translation>&amp;Anhalten</translation>
  </message>
  <message>
   <source>&amp;Try again</source>
   <translation>&amp;Erneut versuchen</translation>
  </message>
  <message>
   <source>Before the first photograph</source>
   <translation>Vor dem ersten Foto</translation>
  </message>
  <message>
   <source>Connecting</source>
   <translation>Verbindung wird hergestellt</translation>
  </message>
  <message>
   <source>Download the networks under the terms listed here</source>
   <translation>Die Netze zu den hier genannten Bedingungen herunterladen</translation>
  </message>
  <message>
   <source>Downloading: {} of {}</source>
   <translation>Herunterladen: {} von {}</translation>
  </message>
  <message>
   <source>From the Python package index that this computer is set up for (usually pypi.org). Kept in {}.</source>
   <translation>Aus dem Python-Paketverzeichnis, das auf diesem Computer eingerichtet ist (meist pypi.org). Aufbewahrt in {}.</translation>
  </message>
  <message>
   <source>From: {}</source>
   <translation>Von: {}</translation>
  </message>
  <message>
   <source>Licence: {}</source>
   <translation>Lizenz: {}</translation>
  </message>
  <message>
   <source>Limits: {}</source>
   <translation>Einschränkungen: {}</translation>
  </message>
  <message>
   <source>Look around without; faces cannot be edited until the networks are here</source>
   <translation>Ohne sie umsehen; Gesichter lassen sich erst bearbeiten, wenn die Netze da sind</translation>
  </message>
  <message>
   <source>Making everything ready</source>
   <translation>Alles wird vorbereitet</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>Fortschritt</translation>
  </message>
  <message>
   <source>Progress of the download</source>
   <translation>Fortschritt des Downloads</translation>
  </message>
  <message>
   <source>Stop the download; it goes on later where it stopped</source>
   <translation>Den Download anhalten; er geht später dort weiter, wo er stehen blieb</translation>
  </message>
  <message>
   <source>Stopped. What was downloaded is kept.</source>
   <translation>Angehalten. Was heruntergeladen wurde, bleibt erhalten.</translation>
  </message>
  <message>
   <source>Stopping</source>
   <translation>Wird angehalten</translation>
  </message>
  <message>
   <source>Welcome to latentedit</source>
   <translation>Willkommen bei latentedit</translation>
  </message>
  <message>
   <source>Your photographs never leave this computer. Everything is computed here, without an account.</source>
   <translation>Ihre Fotos verlassen diesen Computer nie. Alles wird hier berechnet, ohne Konto.</translation>
  </message>
  <message>
   <source>latentedit needs trained networks that are not part of the program: {} to download, once.</source>
   <translation>latentedit braucht trainierte Netze, die nicht zum Programm gehören: einmalig {} zum Herunterladen.</translation>
  </message>
 </context>
 <context>
  <name>MainWindow</name>
  <message numerus="yes">
   <source>%n faces were found. Click one.</source>
   <translation>
    <numerusform>%n Gesicht wurde gefunden. Klicken Sie es an.</numerusform>
    <numerusform>%n Gesichter wurden gefunden. Klicken Sie eines an.</numerusform>
   </translation>
  </message>
  <message>
   <source>&amp;Panels</source>
   <translation>&amp;Felder</translation>
  </message>
  <message>
   <source>Click the face that you want to edit.</source>
   <translation>Klicken Sie das Gesicht an, das Sie bearbeiten möchten.</translation>
  </message>
  <message>
   <source>Drawing…</source>
   <translation>Wird gezeichnet …</translation>
  </message>
  <message>
   <source>Getting to know face {}</source>
   <translation>Gesicht {} wird gelernt</translation>
  </message>
  <message>
   <source>Looking for faces</source>
   <translation>Gesichter werden gesucht</translation>
  </message>
  <message>
   <source>Main tools</source>
   <translation>Hauptwerkzeuge</translation>
  </message>
  <message>
   <source>No face was found in this photograph.</source>
   <translation>In diesem Foto wurde kein Gesicht gefunden.</translation>
  </message>
  <message>
   <source>Open &amp;recent</source>
   <translation>&amp;Zuletzt geöffnet</translation>
  </message>
  <message>
   <source>Opening {}</source>
   <translation>{} wird geöffnet</translation>
  </message>
  <message>
   <source>Show or hide this panel</source>
   <translation>Dieses Feld zeigen oder verbergen</translation>
  </message>
  <message>
   <source>Take the middle of it</source>
   <translation>Die Mitte nehmen</translation>
  </message>
  <message>
   <source>The faces' edits will be forgotten.</source>
   <translation>Die Bearbeitungen der Gesichter werden vergessen.</translation>
  </message>
  <message>
   <source>Tools on the photograph</source>
   <translation>Werkzeuge auf dem Foto</translation>
  </message>
  <message>
   <source>latentedit {}</source>
   <translation>latentedit {}</translation>
  </message>
  <message>
   <source>{} %</source>
   <translation>{} %</translation>
  </message>
  <message>
   <source>{} · {} × {} pixels</source>
   <translation>{} · {} × {} Pixel</translation>
  </message>
  <message>
   <source>{}[*] - latentedit</source>
   <translation>{}[*] - latentedit</translation>
  </message>
 </context>
 <context>
  <name>Notice</name>
  <message>
   <source>Close this message</source>
   <translation>Diese Meldung schließen</translation>
  </message>
 </context>
 <context>
  <name>Panel</name>
  <message>
   <source>Click a face in the photograph.</source>
   <translation>Klicken Sie ein Gesicht im Foto an.</translation>
  </message>
  <message>
   <source>Open a photograph first.</source>
   <translation>Öffnen Sie zuerst ein Foto.</translation>
  </message>
  <message>
   <source>This face is being prepared, or was not yet. Click it to begin.</source>
   <translation>Dieses Gesicht wird gerade gelernt oder wurde es noch nicht. Klicken Sie es an, um zu beginnen.</translation>
  </message>
 </context>
 <context>
  <name>PreferencesDialog</name>
  <message>
   <source> milliseconds</source>
   <translation> Millisekunden</translation>
  </message>
  <message>
   <source> seconds</source>
   <translation> Sekunden</translation>
  </message>
  <message>
   <source>&amp;Appearance</source>
   <translation>&amp;Aussehen</translation>
  </message>
  <message>
   <source>&amp;Compute with</source>
   <translation>&amp;Rechnen mit</translation>
  </message>
  <message>
   <source>&amp;Draw the photograph after</source>
   <translation>Foto &amp;zeichnen nach</translation>
  </message>
  <message>
   <source>&amp;Language</source>
   <translation>&amp;Sprache</translation>
  </message>
  <message>
   <source>Another language or device is used from the next start on.</source>
   <translation>Eine andere Sprache oder ein anderes Gerät gilt ab dem nächsten Start.</translation>
  </message>
  <message>
   <source>Apple graphics</source>
   <translation>Apple-Grafik</translation>
  </message>
  <message>
   <source>As the system</source>
   <translation>Wie das System</translation>
  </message>
  <message>
   <source>Automatic: the fastest there is</source>
   <translation>Automatisch: das schnellste vorhandene</translation>
  </message>
  <message>
   <source>Balanced: good for most photographs</source>
   <translation>Ausgewogen: gut für die meisten Fotos</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Dunkel</translation>
  </message>
  <message>
   <source>How long a slider rests before the whole photograph is drawn; longer is easier on slow computers</source>
   <translation>Wie lange ein Regler ruht, bevor das ganze Foto gezeichnet wird; länger schont langsame Computer</translation>
  </message>
  <message>
   <source>How much time is spent on learning a face when it is clicked</source>
   <translation>Wie viel Zeit auf das Lernen eines Gesichts verwendet wird, wenn es angeklickt wird</translation>
  </message>
  <message>
   <source>How often unsaved work is kept, in case the program or the computer stops</source>
   <translation>Wie oft ungespeicherte Arbeit gesichert wird, falls das Programm oder der Computer stehen bleibt</translation>
  </message>
  <message>
   <source>Keep &amp;unsaved work every</source>
   <translation>&amp;Ungespeichertes sichern alle</translation>
  </message>
  <message>
   <source>Keep these settings</source>
   <translation>Diese Einstellungen übernehmen</translation>
  </message>
  <message>
   <source>Learning a &amp;face</source>
   <translation>&amp;Gesicht lernen</translation>
  </message>
  <message>
   <source>Leave everything as it was</source>
   <translation>Alles lassen, wie es war</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <source>Light or dark window</source>
   <translation>Helles oder dunkles Fenster</translation>
  </message>
  <message>
   <source>NVIDIA graphics card</source>
   <translation>NVIDIA-Grafikkarte</translation>
  </message>
  <message>
   <source>Preferences</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>Processor</source>
   <translation>Prozessor</translation>
  </message>
  <message>
   <source>Quick: a first look</source>
   <translation>Schnell: ein erster Blick</translation>
  </message>
  <message>
   <source>The language of menus and messages</source>
   <translation>Die Sprache der Menüs und Meldungen</translation>
  </message>
  <message>
   <source>The part of this computer that draws faces</source>
   <translation>Der Teil dieses Computers, der Gesichter zeichnet</translation>
  </message>
  <message>
   <source>Thorough: closest to the person, takes longest</source>
   <translation>Gründlich: am ähnlichsten, dauert am längsten</translation>
  </message>
 </context>
 <context>
  <name>RecoveryDialog</name>
  <message numerus="yes">
   <source>%n project(s) with unsaved changes can be recovered.</source>
   <translation>
    <numerusform>%n Projekt mit ungespeicherten Änderungen kann wiederhergestellt werden.</numerusform>
    <numerusform>%n Projekte mit ungespeicherten Änderungen können wiederhergestellt werden.</numerusform>
   </translation>
  </message>
  <message>
   <source>&amp;Continue</source>
   <translation>&amp;Weiter</translation>
  </message>
  <message>
   <source>A photograph</source>
   <translation>Ein Foto</translation>
  </message>
  <message>
   <source>Ask again at the next start</source>
   <translation>Beim nächsten Start wieder fragen</translation>
  </message>
  <message>
   <source>Ask me &amp;later</source>
   <translation>&amp;Später fragen</translation>
  </message>
  <message>
   <source>Delete the unsaved changes; a saved project stays as it is</source>
   <translation>Die ungespeicherten Änderungen löschen; ein gespeichertes Projekt bleibt, wie es ist</translation>
  </message>
  <message>
   <source>Discard</source>
   <translation>Verwerfen</translation>
  </message>
  <message>
   <source>Do with each project what is chosen above</source>
   <translation>Mit jedem Projekt tun, was oben gewählt ist</translation>
  </message>
  <message>
   <source>Keep everything, and ask again at the next start</source>
   <translation>Alles behalten und beim nächsten Start wieder fragen</translation>
  </message>
  <message>
   <source>Keep for later</source>
   <translation>Für später behalten</translation>
  </message>
  <message>
   <source>Kept {}</source>
   <translation>Gesichert {}</translation>
  </message>
  <message>
   <source>Never saved as a project</source>
   <translation>Nie als Projekt gespeichert</translation>
  </message>
  <message>
   <source>Open it as it was</source>
   <translation>Öffnen, wie es war</translation>
  </message>
  <message>
   <source>Project: {}</source>
   <translation>Projekt: {}</translation>
  </message>
  <message>
   <source>Recover</source>
   <translation>Wiederherstellen</translation>
  </message>
  <message>
   <source>Recover unsaved work</source>
   <translation>Ungespeicherte Arbeit wiederherstellen</translation>
  </message>
  <message>
   <source>latentedit did not close as it should</source>
   <translation>latentedit wurde nicht richtig beendet</translation>
  </message>
  <message>
   <source>{}: {}</source>
   <translation>{}: {}</translation>
  </message>
 </context>
 <context>
  <name>ShortcutsDialog</name>
  <message>
   <source> or </source>
   <translation> oder </translation>
  </message>
  <message>
   <source>Action</source>
   <translation>Aktion</translation>
  </message>
  <message>
   <source>Back to the photograph</source>
   <translation>Zurück zum Foto</translation>
  </message>
  <message>
   <source>Elsewhere</source>
   <translation>Sonstige</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>Tasten</translation>
  </message>
  <message>
   <source>No shortcut is called that.</source>
   <translation>Kein Tastenkürzel heißt so.</translation>
  </message>
  <message>
   <source>Search by name or key</source>
   <translation>Nach Name oder Taste suchen</translation>
  </message>
  <message>
   <source>Search shortcuts</source>
   <translation>Tastenkürzel suchen</translation>
  </message>
  <message>
   <source>Shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <source>Type a part of a name, or a key such as Ctrl</source>
   <translation>Einen Teil des Namens oder eine Taste wie Strg eingeben</translation>
  </message>
  <message>
   <source>What can be done from the keyboard</source>
   <translation>Was sich mit der Tastatur tun lässt</translation>
  </message>
 </context>
 <context>
  <name>SplitHandle</name>
  <message>
   <source>Border between before and after</source>
   <translation>Grenze zwischen vorher und nachher</translation>
  </message>
  <message>
   <source>Drag to compare before and after. Arrow keys move it, a double click brings it back to the middle.</source>
   <translation>Ziehen, um vorher und nachher zu vergleichen. Pfeiltasten verschieben sie, ein Doppelklick bringt sie in die Mitte zurück.</translation>
  </message>
 </context>
 <context>
  <name>Stage</name>
  <message>
   <source>Click to edit this face</source>
   <translation>Anklicken, um dieses Gesicht zu bearbeiten</translation>
  </message>
  <message>
   <source>Getting to know this face</source>
   <translation>Dieses Gesicht wird gelernt</translation>
  </message>
  <message>
   <source>Ready to edit</source>
   <translation>Bereit zum Bearbeiten</translation>
  </message>
 </context>
 <context>
  <name>StartPage</name>
  <message>
   <source>&amp;Open a photograph…</source>
   <translation>Ein Foto &amp;öffnen …</translation>
  </message>
  <message>
   <source>&amp;Paste from the clipboard</source>
   <translation>Aus der Zwischenablage &amp;einfügen</translation>
  </message>
  <message>
   <source>A photograph, or a project that was saved</source>
   <translation>Ein Foto oder ein gespeichertes Projekt</translation>
  </message>
  <message>
   <source>A picture that was copied in another program</source>
   <translation>Ein Bild, das in einem anderen Programm kopiert wurde</translation>
  </message>
  <message>
   <source>Drop it here. Nothing leaves this computer, and the photograph itself is never changed.</source>
   <translation>Legen Sie es hier ab. Nichts verlässt diesen Computer, und das Foto selbst wird nie verändert.</translation>
  </message>
  <message>
   <source>Open a photograph, and its faces become sliders</source>
   <translation>Öffnen Sie ein Foto, und seine Gesichter werden zu Reglern</translation>
  </message>
  <message>
   <source>Recent</source>
   <translation>Zuletzt geöffnet</translation>
  </message>
 </context>
 <context>
  <name>UnsavedQuestion</name>
  <message>
   <source>&amp;Don't save</source>
   <translation>&amp;Nicht speichern</translation>
  </message>
  <message>
   <source>&amp;Save</source>
   <translation>&amp;Speichern</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Close it without the changes</source>
   <translation>Ohne die Änderungen schließen</translation>
  </message>
  <message>
   <source>Go on editing</source>
   <translation>Weiter bearbeiten</translation>
  </message>
  <message>
   <source>Save the changes to {}?</source>
   <translation>Änderungen an {} speichern?</translation>
  </message>
  <message>
   <source>Save the project, then close it</source>
   <translation>Das Projekt speichern, dann schließen</translation>
  </message>
  <message>
   <source>Unsaved changes</source>
   <translation>Ungespeicherte Änderungen</translation>
  </message>
  <message>
   <source>What you did since you saved last is lost if you don't. The photograph itself stays as it is.</source>
   <translation>Sonst geht verloren, was Sie seit dem letzten Speichern getan haben. Das Foto selbst bleibt, wie es ist.</translation>
  </message>
 </context>
</TS>
