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
   <translation>Bearbeitete Gesichter können täuschen. Nur Menschen bearbeiten, die einverstanden sind, dazusagen, dass ein Bild bearbeitet wurde, und es nie benutzen, um sich als jemand anderes auszugeben, zu verspotten oder zu schaden.</translation>
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
   <translation>Version {}. Ein eigenes Foto öffnen, und seine Gesichter werden zu Reglern.</translation>
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
   <translation>Vorher und &amp;nachher</translation>
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
   <translation>Dieses &amp;Gesicht neu lernen</translation>
  </message>
  <message>
   <source>&amp;Next area</source>
   <translation>Nä&amp;chster Bereich</translation>
  </message>
  <message>
   <source>&amp;Open…</source>
   <translation>Ö&amp;ffnen …</translation>
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
   <source>&amp;Show before</source>
   <translation>Vorher &amp;zeigen</translation>
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
   <source>&amp;Zoom to face</source>
   <translation>Auf &amp;Gesicht zoomen</translation>
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
   <source>Bring the keyboard to the next panel, or the photograph</source>
   <translation>Die Tastatur zum nächsten Bedienfeld oder zum Foto bringen</translation>
  </message>
  <message>
   <source>Bring the keyboard to the panel before, or the photograph</source>
   <translation>Die Tastatur zum vorigen Bedienfeld oder zum Foto bringen</translation>
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
   <source>Out&amp;lines of faces</source>
   <translation>&amp;Umrisse der Gesichter</translation>
  </message>
  <message>
   <source>P&amp;revious area</source>
   <translation>Vo&amp;riger Bereich</translation>
  </message>
  <message>
   <source>Paint where the face may change</source>
   <translation>Malen, wo sich das Gesicht ändern darf</translation>
  </message>
  <message>
   <source>Pr&amp;eferences…</source>
   <translation>E&amp;instellungen …</translation>
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
   <source>See the chosen face as large as fits</source>
   <translation>Das gewählte Gesicht so groß wie möglich sehen</translation>
  </message>
  <message>
   <source>See the whole photograph</source>
   <translation>Das ganze Foto sehen</translation>
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
  <name>AmountSlider</name>
  <message>
   <source>Reset {}</source>
   <translation>{} zurücksetzen</translation>
  </message>
  <message>
   <source>Take this back to {}.</source>
   <translation>Auf {} zurückstellen.</translation>
  </message>
  <message>
   <source>This is beyond {} to {}: the face may fall apart.</source>
   <translation>Das liegt außerhalb von {} bis {}: Das Gesicht kann zerfallen.</translation>
  </message>
  <message>
   <source>{}, as a number</source>
   <translation>{}, als Zahl</translation>
  </message>
 </context>
 <context>
  <name>AreaEditor</name>
  <message>
   <source>&amp;Where:</source>
   <translation>&amp;Wo:</translation>
  </message>
  <message>
   <source>Everything but that</source>
   <translation>Alles außer diesem</translation>
  </message>
  <message>
   <source>How softly it ends.</source>
   <translation>Wie weich der Übergang ist.</translation>
  </message>
  <message>
   <source>Soft &amp;edge:</source>
   <translation>Weiche &amp;Kante:</translation>
  </message>
  <message>
   <source>The part of the face that this is confined to.</source>
   <translation>Der Teil des Gesichts, auf den dies beschränkt ist.</translation>
  </message>
  <message>
   <source>Turn it round: everywhere in the face's square, only not there.</source>
   <translation>Umkehren: überall im Quadrat des Gesichts, nur nicht dort.</translation>
  </message>
  <message>
   <source>{} %</source>
   <translation>{} %</translation>
  </message>
  <message>
   <source>{}: soft edge</source>
   <translation>{}: weiche Kante</translation>
  </message>
  <message>
   <source>{}: where</source>
   <translation>{}: wo</translation>
  </message>
 </context>
 <context>
  <name>AttributeRow</name>
  <message>
   <source>&amp;Favourite</source>
   <translation>&amp;Favorit</translation>
  </message>
  <message>
   <source>&amp;On</source>
   <translation>&amp;Ein</translation>
  </message>
  <message>
   <source>&amp;Reset</source>
   <translation>&amp;Zurücksetzen</translation>
  </message>
  <message>
   <source>&amp;Where and which layers</source>
   <translation>&amp;Wo und in welchen Schichten</translation>
  </message>
  <message>
   <source>(1 is as much as faces usually differ.)</source>
   <translation>(1 ist so viel, wie sich Gesichter gewöhnlich unterscheiden.)</translation>
  </message>
  <message>
   <source>Changes only this part of the face: {}.</source>
   <translation>Ändert nur diesen Teil des Gesichts: {}.</translation>
  </message>
  <message>
   <source>Make {} a favourite</source>
   <translation>{} zum Favoriten machen</translation>
  </message>
  <message>
   <source>More about {}</source>
   <translation>Mehr zu {}</translation>
  </message>
  <message>
   <source>Over its whole range it also changes: {}.</source>
   <translation>Ändert über den ganzen Bereich auch: {}.</translation>
  </message>
  <message>
   <source>Range: {} to {}; larger numbers can be typed.</source>
   <translation>Bereich: {} bis {}; größere Zahlen lassen sich eintippen.</translation>
  </message>
  <message>
   <source>Re&amp;move from the edits</source>
   <translation>Aus den &amp;Bearbeitungen entfernen</translation>
  </message>
  <message>
   <source>Remove {} from the favourites</source>
   <translation>{} aus den Favoriten entfernen</translation>
  </message>
  <message>
   <source>Where in the face, which layers, on and off.</source>
   <translation>Wo im Gesicht, welche Schichten, ein und aus.</translation>
  </message>
 </context>
 <context>
  <name>AttributesPanel</name>
  <message>
   <source>&amp;All</source>
   <translation>&amp;Alle</translation>
  </message>
  <message>
   <source>&amp;Changed</source>
   <translation>&amp;Geändert</translation>
  </message>
  <message>
   <source>Attributes</source>
   <translation>Merkmale</translation>
  </message>
  <message>
   <source>Favo&amp;urites</source>
   <translation>Fa&amp;voriten</translation>
  </message>
  <message>
   <source>Find an attribute</source>
   <translation>Ein Merkmal suchen</translation>
  </message>
  <message>
   <source>Give an attribute a star to find it here.</source>
   <translation>Merkmale mit einem Stern erscheinen hier.</translation>
  </message>
  <message>
   <source>No attribute changes this face yet.</source>
   <translation>Noch ändert kein Merkmal dieses Gesicht.</translation>
  </message>
  <message>
   <source>Nothing is called “{}”.</source>
   <translation>Nichts heißt „{}“.</translation>
  </message>
  <message>
   <source>Nothing is painted over this face yet.</source>
   <translation>Über dieses Gesicht ist noch nichts gemalt.</translation>
  </message>
  <message>
   <source>Reset all attributes</source>
   <translation>Alle Merkmale zurücksetzen</translation>
  </message>
  <message>
   <source>Show all attributes.</source>
   <translation>Alle Merkmale zeigen.</translation>
  </message>
  <message>
   <source>Show the attributes that change this face.</source>
   <translation>Die Merkmale zeigen, die dieses Gesicht ändern.</translation>
  </message>
  <message>
   <source>Show the attributes with a star.</source>
   <translation>Die Merkmale mit Stern zeigen.</translation>
  </message>
  <message>
   <source>Take back all attributes of this face.</source>
   <translation>Alle Merkmale dieses Gesichts zurücknehmen.</translation>
  </message>
  <message>
   <source>Take the brush, and paint where it may change.</source>
   <translation>Mit dem Pinsel malen, wo es sich ändern darf.</translation>
  </message>
  <message>
   <source>There are no attributes for what draws this photograph yet. Discover some, or import them.</source>
   <translation>Für das Modell, das dieses Foto zeichnet, gibt es keine Merkmale. Sie lassen sich entdecken oder importieren.</translation>
  </message>
 </context>
 <context>
  <name>AxisRow</name>
  <message>
   <source>It tells {share} of other faces rightly.</source>
   <translation>Von anderen Gesichtern werden {share} richtig erkannt.</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Keep and use</source>
   <translation>Behalten und anwenden</translation>
  </message>
  <message>
   <source>Keep it among your own directions: it is a slider from now on, in every project.</source>
   <translation>Zu den eigenen Richtungen nehmen: von nun an ein Regler, in jedem Projekt.</translation>
  </message>
  <message>
   <source>Keep it, and put it on the face that is open.</source>
   <translation>Behalten und auf das geöffnete Gesicht anwenden.</translation>
  </message>
  <message>
   <source>Kept</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Name of the direction</source>
   <translation>Name der Richtung</translation>
  </message>
  <message>
   <source>Only {share} of the faces are told from the others. Sort more that differ in this alone.</source>
   <translation>Nur {share} der Gesichter werden unterschieden. Es hilft, mehr Gesichter zu sortieren, die sich allein darin unterscheiden.</translation>
  </message>
  <message>
   <source>The face at {}</source>
   <translation>Das Gesicht bei {}</translation>
  </message>
  <message>
   <source>What the slider will be called.</source>
   <translation>Wie der Regler heißen wird.</translation>
  </message>
  <message>
   <source>what does it do?</source>
   <translation>Was bewirkt sie?</translation>
  </message>
  <message>
   <source>{share} of the sorted faces are told apart by it.</source>
   <translation>Sie unterscheidet {share} der sortierten Gesichter.</translation>
  </message>
 </context>
 <context>
  <name>Bands</name>
  <message>
   <source>Coarse</source>
   <translation>Grob</translation>
  </message>
  <message>
   <source>Colour, light and skin</source>
   <translation>Farbe, Licht und Haut</translation>
  </message>
  <message>
   <source>Fine</source>
   <translation>Fein</translation>
  </message>
  <message>
   <source>How much of the layers that are marked comes from the second face.</source>
   <translation>Wie viel von den markierten Schichten aus dem zweiten Gesicht kommt.</translation>
  </message>
  <message>
   <source>How much of this comes from the second face: {}.</source>
   <translation>Wie viel hiervon aus dem zweiten Gesicht kommt: {}.</translation>
  </message>
  <message>
   <source>Layer by layer</source>
   <translation>Schicht für Schicht</translation>
  </message>
  <message>
   <source>Middle</source>
   <translation>Mittel</translation>
  </message>
  <message>
   <source>Pose, hair style and the shape of the face</source>
   <translation>Haltung, Frisur und Form des Gesichts</translation>
  </message>
  <message>
   <source>Take this from the second face, or give it back: {}.</source>
   <translation>Dies aus dem zweiten Gesicht nehmen oder zurückgeben: {}.</translation>
  </message>
  <message>
   <source>The parts of the face, expression and hair</source>
   <translation>Gesichtszüge, Ausdruck und Haare</translation>
  </message>
  <message>
   <source>These layers</source>
   <translation>Diese Schichten</translation>
  </message>
  <message>
   <source>{} from the second face</source>
   <translation>{} aus dem zweiten Gesicht</translation>
  </message>
 </context>
 <context>
  <name>BatchPanel</name>
  <message>
   <source>&amp;Cancel</source>
   <translation>&amp;Abbrechen</translation>
  </message>
  <message>
   <source>&amp;Kind:</source>
   <translation>Ar&amp;t:</translation>
  </message>
  <message>
   <source>&amp;Start</source>
   <translation>&amp;Starten</translation>
  </message>
  <message>
   <source>Add photographs first.</source>
   <translation>Zuerst Fotos hinzufügen.</translation>
  </message>
  <message>
   <source>All faces</source>
   <translation>Alle Gesichter</translation>
  </message>
  <message>
   <source>All photographs</source>
   <translation>Alle Fotos</translation>
  </message>
  <message>
   <source>As each photograph</source>
   <translation>Wie das jeweilige Foto</translation>
  </message>
  <message>
   <source>Batch</source>
   <translation>Stapel</translation>
  </message>
  <message>
   <source>Begin. You can go on with other things meanwhile.</source>
   <translation>Beginnen. Inzwischen kann man mit anderem weitermachen.</translation>
  </message>
  <message>
   <source>Choose a folder for the results.</source>
   <translation>Einen Ordner für die Ergebnisse wählen.</translation>
  </message>
  <message>
   <source>Choose the folder for the results</source>
   <translation>Den Ordner für die Ergebnisse wählen</translation>
  </message>
  <message>
   <source>Choose the folder.</source>
   <translation>Den Ordner wählen.</translation>
  </message>
  <message>
   <source>Do only what is missing, failed, or was made otherwise.</source>
   <translation>Nur tun, was fehlt, nicht gelang oder anders gemacht wurde.</translation>
  </message>
  <message>
   <source>F&amp;aces:</source>
   <translation>&amp;Gesichter:</translation>
  </message>
  <message>
   <source>Fo&amp;lder:</source>
   <translation>&amp;Ordner:</translation>
  </message>
  <message>
   <source>Folder for the results</source>
   <translation>Ordner für die Ergebnisse</translation>
  </message>
  <message>
   <source>Folders in folders, too</source>
   <translation>Auch Unterordner</translation>
  </message>
  <message>
   <source>Go on where an earlier run stopped</source>
   <translation>Früheren Lauf fortsetzen</translation>
  </message>
  <message>
   <source>Keep a project beside each result</source>
   <translation>Zu jedem Ergebnis ein Projekt behalten</translation>
  </message>
  <message>
   <source>Look for photographs in the folders' own folders as well.</source>
   <translation>Auch in den Unterordnern nach Fotos suchen.</translation>
  </message>
  <message>
   <source>Looking for photographs</source>
   <translation>Fotos werden gesucht</translation>
  </message>
  <message>
   <source>Open the photograph that was written; its project, where one is kept.</source>
   <translation>Das geschriebene Foto öffnen, oder sein Projekt, wenn es eines gibt.</translation>
  </message>
  <message>
   <source>Open the resul&amp;t</source>
   <translation>Ergebnis ö&amp;ffnen</translation>
  </message>
  <message>
   <source>Photographs</source>
   <translation>Fotos</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>Ergebnisse</translation>
  </message>
  <message>
   <source>Say what is to be done.</source>
   <translation>Angeben, was zu tun ist.</translation>
  </message>
  <message>
   <source>So that you can go on with any of them by hand.</source>
   <translation>Damit jedes Foto sich von Hand weiter bearbeiten lässt.</translation>
  </message>
  <message>
   <source>Stop; what is done is kept, and can be gone on with.</source>
   <translation>Anhalten; was fertig ist, bleibt erhalten, und es lässt sich fortsetzen.</translation>
  </message>
  <message>
   <source>Stopped. {summary} Start goes on.</source>
   <translation>Angehalten. {summary} „Starten“ macht weiter.</translation>
  </message>
  <message>
   <source>The largest face</source>
   <translation>Das größte Gesicht</translation>
  </message>
  <message>
   <source>The photograph that is worked on</source>
   <translation>Das Foto in Arbeit</translation>
  </message>
  <message>
   <source>What kind of files the results are.</source>
   <translation>Welche Dateiart die Ergebnisse haben.</translation>
  </message>
  <message>
   <source>What to do</source>
   <translation>Was zu tun ist</translation>
  </message>
  <message>
   <source>Where the results go: a folder that is new or empty.</source>
   <translation>Wohin die Ergebnisse kommen: ein neuer oder leerer Ordner.</translation>
  </message>
  <message>
   <source>Which faces of each photograph are changed.</source>
   <translation>Welche Gesichter jedes Fotos geändert werden.</translation>
  </message>
  <message>
   <source>a new folder</source>
   <translation>ein neuer Ordner</translation>
  </message>
  <message>
   <source>{done} done, {failed} failed.</source>
   <translation>{done} fertig, {failed} misslungen.</translation>
  </message>
  <message>
   <source>{done} done.</source>
   <translation>{done} fertig.</translation>
  </message>
  <message>
   <source>{done} of {all} photographs</source>
   <translation>{done} von {all} Fotos</translation>
  </message>
 </context>
 <context>
  <name>BatchTable</name>
  <message>
   <source>Double-click a line, or press Enter, to open its result.</source>
   <translation>Ein Doppelklick auf eine Zeile oder die Eingabetaste öffnet das Ergebnis.</translation>
  </message>
  <message>
   <source>Faces</source>
   <translation>Gesichter</translation>
  </message>
  <message>
   <source>Message</source>
   <translation>Meldung</translation>
  </message>
  <message>
   <source>Photograph</source>
   <translation>Foto</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Stand</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Zeit</translation>
  </message>
  <message>
   <source>What became of each photograph</source>
   <translation>Was aus jedem Foto wurde</translation>
  </message>
  <message>
   <source>begun</source>
   <translation>begonnen</translation>
  </message>
  <message>
   <source>done</source>
   <translation>fertig</translation>
  </message>
  <message>
   <source>done before</source>
   <translation>schon fertig</translation>
  </message>
  <message>
   <source>drawing</source>
   <translation>zeichnet</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>misslungen</translation>
  </message>
  <message>
   <source>finding faces</source>
   <translation>sucht Gesichter</translation>
  </message>
  <message>
   <source>learning</source>
   <translation>lernt</translation>
  </message>
  <message>
   <source>learning face {} of {}</source>
   <translation>lernt Gesicht {} von {}</translation>
  </message>
  <message>
   <source>measuring</source>
   <translation>misst</translation>
  </message>
  <message>
   <source>reading</source>
   <translation>liest</translation>
  </message>
  <message>
   <source>stopped</source>
   <translation>angehalten</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>wartet</translation>
  </message>
  <message>
   <source>writing</source>
   <translation>schreibt</translation>
  </message>
  <message>
   <source>{} s</source>
   <translation>{} s</translation>
  </message>
 </context>
 <context>
  <name>Blend</name>
  <message>
   <source>Blend whole faces</source>
   <translation>Ganze Gesichter mischen</translation>
  </message>
  <message>
   <source>How much {} counts in the blend.</source>
   <translation>Wie viel {} in der Mischung zählt.</translation>
  </message>
  <message>
   <source>The face itself counts as 1; with another at 1 they are even.</source>
   <translation>Das Gesicht selbst zählt 1; ein zweites mit 1 zählt genauso viel.</translation>
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
   <source>Page Up and Page Down choose a face, plus and minus zoom, arrow keys move the photograph.</source>
   <translation>Bild auf und Bild ab wählen ein Gesicht, Plus und Minus ändern die Größe, Pfeiltasten verschieben das Foto.</translation>
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
   <translation>Keine genannt. Es vergleicht Gesichter: Es gilt das Recht des jeweiligen Landes.</translation>
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
  <name>CloseUpPanel</name>
  <message>
   <source>&amp;Behind a line</source>
   <translation>Mit &amp;Trennlinie</translation>
  </message>
  <message>
   <source>Before and after in one place, with a line between them that can be moved</source>
   <translation>Vorher und nachher an derselben Stelle, dazwischen eine Linie, die sich verschieben lässt</translation>
  </message>
  <message>
   <source>Close-up</source>
   <translation>Nahansicht</translation>
  </message>
 </context>
 <context>
  <name>CollapsibleGroup</name>
  <message>
   <source>Show or fold away “{}”.</source>
   <translation>„{}“ auf- oder zuklappen.</translation>
  </message>
 </context>
 <context>
  <name>CompositingBox</name>
  <message>
   <source>&amp;Advanced</source>
   <translation>&amp;Erweitert</translation>
  </message>
  <message>
   <source>&amp;Grain:</source>
   <translation>&amp;Körnung:</translation>
  </message>
  <message>
   <source>&amp;Own features:</source>
   <translation>&amp;Eigene Züge:</translation>
  </message>
  <message>
   <source>Back into the photograph</source>
   <translation>Zurück ins Foto</translation>
  </message>
  <message>
   <source>How much this face is itself: 100 % as it was learnt, less makes it more like the average face, more exaggerates it.</source>
   <translation>Wie sehr das Gesicht es selbst ist: 100 % wie gelernt, weniger nähert es dem Durchschnittsgesicht an, mehr übertreibt.</translation>
  </message>
  <message>
   <source>How the face goes back into the photograph</source>
   <translation>Wie das Gesicht zurück ins Foto kommt</translation>
  </message>
  <message>
   <source>Keep the photograph's texture: only what changed is taken from the drawing. Blend: the drawing, in the photograph's light. Replace: the drawing as it is.</source>
   <translation>Textur des Fotos behalten: Nur was sich geändert hat, kommt aus der Zeichnung. Einblenden: die Zeichnung im Licht des Fotos. Ersetzen: die Zeichnung, wie sie ist.</translation>
  </message>
  <message>
   <source>Own features</source>
   <translation>Eigene Züge</translation>
  </message>
  <message>
   <source>Show what few people ever change.</source>
   <translation>Zeigen, was selten jemand ändert.</translation>
  </message>
  <message>
   <source>The grain of hair and skin that the drawing has besides what was learnt of the face.</source>
   <translation>Die Körnung von Haaren und Haut, die die Zeichnung neben dem gelernten Gesicht hat.</translation>
  </message>
  <message>
   <source>Where the head is</source>
   <translation>Wo der Kopf ist</translation>
  </message>
  <message>
   <source>{} %</source>
   <translation>{} %</translation>
  </message>
 </context>
 <context>
  <name>DirectionRow</name>
  <message>
   <source>Amount</source>
   <translation>Stärke</translation>
  </message>
  <message>
   <source>Direction</source>
   <translation>Richtung</translation>
  </message>
  <message>
   <source>How much. From {low} to {high} faces bear it well.</source>
   <translation>Wie viel. Von {low} bis {high} vertragen es Gesichter gut.</translation>
  </message>
  <message>
   <source>Remove this line</source>
   <translation>Diese Zeile entfernen</translation>
  </message>
  <message>
   <source>Remove this line.</source>
   <translation>Diese Zeile entfernen.</translation>
  </message>
  <message>
   <source>What is to change.</source>
   <translation>Was sich ändern soll.</translation>
  </message>
 </context>
 <context>
  <name>DirectionWords</name>
  <message>
   <source>Age</source>
   <translation>Alter</translation>
  </message>
  <message>
   <source>Age and gender</source>
   <translation>Alter und Geschlecht</translation>
  </message>
  <message>
   <source>Beard</source>
   <translation>Bart</translation>
  </message>
  <message>
   <source>Brow darkness</source>
   <translation>Dunkle Brauen</translation>
  </message>
  <message>
   <source>Brow thickness</source>
   <translation>Dicke Brauen</translation>
  </message>
  <message>
   <source>Brow tilt</source>
   <translation>Schräge Brauen</translation>
  </message>
  <message>
   <source>Brows raised</source>
   <translation>Brauen heben</translation>
  </message>
  <message>
   <source>Chin length</source>
   <translation>Kinnlänge</translation>
  </message>
  <message>
   <source>Colourful background</source>
   <translation>Bunter Hintergrund</translation>
  </message>
  <message>
   <source>Colourful hair</source>
   <translation>Kräftige Haarfarbe</translation>
  </message>
  <message>
   <source>Colourful skin</source>
   <translation>Kräftige Hautfarbe</translation>
  </message>
  <message>
   <source>Expression</source>
   <translation>Ausdruck</translation>
  </message>
  <message>
   <source>Eye distance</source>
   <translation>Augenabstand</translation>
  </message>
  <message>
   <source>Eye size</source>
   <translation>Augengröße</translation>
  </message>
  <message>
   <source>Eyes and brows</source>
   <translation>Augen und Brauen</translation>
  </message>
  <message>
   <source>Eyes open</source>
   <translation>Augen auf</translation>
  </message>
  <message>
   <source>Face width</source>
   <translation>Gesichtsbreite</translation>
  </message>
  <message>
   <source>Fringe</source>
   <translation>Pony</translation>
  </message>
  <message>
   <source>Fuller lips</source>
   <translation>Vollere Lippen</translation>
  </message>
  <message>
   <source>Gaze</source>
   <translation>Blick</translation>
  </message>
  <message>
   <source>Glasses</source>
   <translation>Brille</translation>
  </message>
  <message>
   <source>Hair and beard</source>
   <translation>Haare und Bart</translation>
  </message>
  <message>
   <source>Hair length</source>
   <translation>Haarlänge</translation>
  </message>
  <message>
   <source>Hair volume</source>
   <translation>Haarfülle</translation>
  </message>
  <message>
   <source>Harder light</source>
   <translation>Härteres Licht</translation>
  </message>
  <message>
   <source>Jaw width</source>
   <translation>Kieferbreite</translation>
  </message>
  <message>
   <source>Light and background</source>
   <translation>Licht und Hintergrund</translation>
  </message>
  <message>
   <source>Light from right</source>
   <translation>Licht von rechts</translation>
  </message>
  <message>
   <source>Lighter background</source>
   <translation>Hellerer Hintergrund</translation>
  </message>
  <message>
   <source>Lighter hair</source>
   <translation>Hellere Haare</translation>
  </message>
  <message>
   <source>Lighter skin</source>
   <translation>Hellere Haut</translation>
  </message>
  <message>
   <source>Look up</source>
   <translation>Aufblicken</translation>
  </message>
  <message>
   <source>Masculine</source>
   <translation>Männlich</translation>
  </message>
  <message>
   <source>Mouth height</source>
   <translation>Mundhöhe</translation>
  </message>
  <message>
   <source>Mouth open</source>
   <translation>Mund auf</translation>
  </message>
  <message>
   <source>Mouth width</source>
   <translation>Mundbreite</translation>
  </message>
  <message>
   <source>Nose length</source>
   <translation>Nasenlänge</translation>
  </message>
  <message>
   <source>Nose width</source>
   <translation>Nasenbreite</translation>
  </message>
  <message>
   <source>Others</source>
   <translation>Andere</translation>
  </message>
  <message>
   <source>Pose</source>
   <translation>Haltung</translation>
  </message>
  <message>
   <source>Redder background</source>
   <translation>Röterer Hintergrund</translation>
  </message>
  <message>
   <source>Redder hair</source>
   <translation>Rötere Haare</translation>
  </message>
  <message>
   <source>Redder lips</source>
   <translation>Rötere Lippen</translation>
  </message>
  <message>
   <source>Redder skin</source>
   <translation>Rötere Haut</translation>
  </message>
  <message>
   <source>Shape of the face</source>
   <translation>Form des Gesichts</translation>
  </message>
  <message>
   <source>Skin and lips</source>
   <translation>Haut und Lippen</translation>
  </message>
  <message>
   <source>Smile</source>
   <translation>Lächeln</translation>
  </message>
  <message>
   <source>Teeth</source>
   <translation>Zähne</translation>
  </message>
  <message>
   <source>The eyes look toward that side of the picture.</source>
   <translation>Die Augen blicken zu dieser Seite des Bildes.</translation>
  </message>
  <message>
   <source>The head turns toward that side of the picture.</source>
   <translation>Der Kopf dreht sich zu dieser Seite des Bildes.</translation>
  </message>
  <message>
   <source>The light comes from that side of the picture.</source>
   <translation>Das Licht kommt von dieser Seite des Bildes.</translation>
  </message>
  <message>
   <source>Tilt</source>
   <translation>Neigen</translation>
  </message>
  <message>
   <source>To the right a beard, or a darker lower face; to the left less of it.</source>
   <translation>Nach rechts ein Bart oder eine dunklere untere Gesichtshälfte, nach links weniger davon.</translation>
  </message>
  <message>
   <source>To the right the brows rise, to the left they sink.</source>
   <translation>Nach rechts heben sich die Brauen, nach links senken sie sich.</translation>
  </message>
  <message>
   <source>To the right the chin is longer, to the left shorter.</source>
   <translation>Nach rechts wird das Kinn länger, nach links kürzer.</translation>
  </message>
  <message>
   <source>To the right the eyes are larger, to the left smaller.</source>
   <translation>Nach rechts werden die Augen größer, nach links kleiner.</translation>
  </message>
  <message>
   <source>To the right the eyes open, to the left they close.</source>
   <translation>Nach rechts öffnen sich die Augen, nach links schließen sie sich.</translation>
  </message>
  <message>
   <source>To the right the face is older, to the left younger.</source>
   <translation>Nach rechts wird das Gesicht älter, nach links jünger.</translation>
  </message>
  <message>
   <source>To the right the face is wider and shorter, to the left narrower and longer.</source>
   <translation>Nach rechts wird das Gesicht breiter und kürzer, nach links schmaler und länger.</translation>
  </message>
  <message>
   <source>To the right the face looks more male, to the left more female.</source>
   <translation>Nach rechts wirkt das Gesicht männlicher, nach links weiblicher.</translation>
  </message>
  <message>
   <source>To the right the face smiles more, to the left less.</source>
   <translation>Nach rechts lächelt das Gesicht mehr, nach links weniger.</translation>
  </message>
  <message>
   <source>To the right the hair is lighter, to the left darker.</source>
   <translation>Nach rechts werden die Haare heller, nach links dunkler.</translation>
  </message>
  <message>
   <source>To the right the hair is redder, to the left less red.</source>
   <translation>Nach rechts werden die Haare röter, nach links weniger rot.</translation>
  </message>
  <message>
   <source>To the right the head looks up, to the left down.</source>
   <translation>Nach rechts blickt der Kopf nach oben, nach links nach unten.</translation>
  </message>
  <message>
   <source>To the right the jaw is wider, to the left narrower.</source>
   <translation>Nach rechts wird der Kiefer breiter, nach links schmaler.</translation>
  </message>
  <message>
   <source>To the right the lips are fuller, to the left thinner.</source>
   <translation>Nach rechts werden die Lippen voller, nach links schmaler.</translation>
  </message>
  <message>
   <source>To the right the lips are redder, to the left paler.</source>
   <translation>Nach rechts werden die Lippen röter, nach links blasser.</translation>
  </message>
  <message>
   <source>To the right the mouth opens, to the left it closes.</source>
   <translation>Nach rechts öffnet sich der Mund, nach links schließt er sich.</translation>
  </message>
  <message>
   <source>To the right the nose is longer, to the left shorter.</source>
   <translation>Nach rechts wird die Nase länger, nach links kürzer.</translation>
  </message>
  <message>
   <source>To the right the nose is wider, to the left narrower.</source>
   <translation>Nach rechts wird die Nase breiter, nach links schmaler.</translation>
  </message>
  <message>
   <source>To the right the skin is lighter, to the left darker.</source>
   <translation>Nach rechts wird die Haut heller, nach links dunkler.</translation>
  </message>
  <message>
   <source>To the right the skin is redder, to the left greener.</source>
   <translation>Nach rechts wird die Haut röter, nach links grüner.</translation>
  </message>
  <message>
   <source>To the right the skin is yellower, to the left bluer.</source>
   <translation>Nach rechts wird die Haut gelber, nach links blauer.</translation>
  </message>
  <message>
   <source>Turn</source>
   <translation>Drehen</translation>
  </message>
  <message>
   <source>Warmer background</source>
   <translation>Wärmerer Hintergrund</translation>
  </message>
  <message>
   <source>Warmer hair</source>
   <translation>Wärmere Haare</translation>
  </message>
  <message>
   <source>Warmer skin</source>
   <translation>Wärmere Haut</translation>
  </message>
  <message>
   <source>Your own</source>
   <translation>Eigene</translation>
  </message>
 </context>
 <context>
  <name>DiscoverPanel</name>
  <message>
   <source>Discover</source>
   <translation>Entdecken</translation>
  </message>
  <message>
   <source>Let the program find what can change.</source>
   <translation>Das Programm suchen lassen, was sich ändern kann.</translation>
  </message>
  <message>
   <source>S&amp;earch</source>
   <translation>&amp;Suchen</translation>
  </message>
  <message>
   <source>S&amp;ort faces</source>
   <translation>Gesichter s&amp;ortieren</translation>
  </message>
  <message>
   <source>Show with examples what a slider is to do.</source>
   <translation>An Beispielen zeigen, was ein Regler tun soll.</translation>
  </message>
  <message>
   <source>The model {} is not on this computer yet. It is fetched when the first face of a photograph is learnt.</source>
   <translation>Das Modell {} ist noch nicht auf diesem Computer. Es wird geholt, wenn das erste Gesicht eines Fotos gelernt wird.</translation>
  </message>
 </context>
 <context>
  <name>DragPanel</name>
  <message numerus="yes">
   <source>%n points are set.</source>
   <translation>
    <numerusform>%n Punkt ist gesetzt.</numerusform>
    <numerusform>%n Punkte sind gesetzt.</numerusform>
   </translation>
  </message>
  <message>
   <source>&amp;Clear</source>
   <translation>&amp;Leeren</translation>
  </message>
  <message>
   <source>&amp;Drag</source>
   <translation>&amp;Ziehen</translation>
  </message>
  <message>
   <source>&amp;Keep this</source>
   <translation>&amp;Übernehmen</translation>
  </message>
  <message>
   <source>&amp;Set points</source>
   <translation>&amp;Punkte setzen</translation>
  </message>
  <message>
   <source>As far as it would go. Fewer kept parts, or a shorter way, may help.</source>
   <translation>So weit, wie es ging. Weniger geschützte Teile oder ein kürzerer Weg können helfen.</translation>
  </message>
  <message>
   <source>C&amp;ancel</source>
   <translation>A&amp;bbrechen</translation>
  </message>
  <message>
   <source>Click a place of the face, then the place where it is to go</source>
   <translation>Eine Stelle des Gesichts anklicken, dann die Stelle, wohin sie soll</translation>
  </message>
  <message>
   <source>Done.</source>
   <translation>Fertig.</translation>
  </message>
  <message>
   <source>Drag</source>
   <translation>Ziehen</translation>
  </message>
  <message>
   <source>Keep as it is</source>
   <translation>Unverändert lassen</translation>
  </message>
  <message>
   <source>Kept.</source>
   <translation>Behalten.</translation>
  </message>
  <message>
   <source>No point is set yet.</source>
   <translation>Noch kein Punkt gesetzt.</translation>
  </message>
  <message>
   <source>One point is set.</source>
   <translation>Ein Punkt ist gesetzt.</translation>
  </message>
  <message>
   <source>Progress of the drag</source>
   <translation>Fortschritt des Ziehens</translation>
  </message>
  <message>
   <source>Pull a point of the face somewhere else, and the rest follows: a corner of the mouth, a brow, the chin.</source>
   <translation>Einen Punkt des Gesichts woandershin ziehen, und der Rest folgt: ein Mundwinkel, eine Braue, das Kinn.</translation>
  </message>
  <message>
   <source>Pull every point to where its arrow ends</source>
   <translation>Jeden Punkt dorthin ziehen, wo sein Pfeil endet</translation>
  </message>
  <message>
   <source>Remove all points</source>
   <translation>Alle Punkte entfernen</translation>
  </message>
  <message>
   <source>Stop here, and keep what has been reached</source>
   <translation>Hier anhalten und das Erreichte behalten</translation>
  </message>
  <message>
   <source>Stop, and leave the face as it was</source>
   <translation>Anhalten und das Gesicht lassen, wie es war</translation>
  </message>
  <message>
   <source>This part of the face is not to change while points are dragged</source>
   <translation>Dieser Teil des Gesichts soll sich beim Ziehen nicht ändern</translation>
  </message>
  <message>
   <source>{} pixels of the photograph to go</source>
   <translation>Noch {} Pixel des Fotos</translation>
  </message>
 </context>
 <context>
  <name>EditRow</name>
  <message>
   <source>Click to choose it. Alt and the arrow keys move it, the space bar switches it off and on, Delete removes it.</source>
   <translation>Klicken wählt sie aus. Alt und Pfeiltasten verschieben sie, die Leertaste schaltet sie aus und ein, Entf entfernt sie.</translation>
  </message>
  <message>
   <source>Move {}</source>
   <translation>{} verschieben</translation>
  </message>
  <message>
   <source>Remove this edit.</source>
   <translation>Diese Bearbeitung entfernen.</translation>
  </message>
  <message>
   <source>Remove {}</source>
   <translation>{} entfernen</translation>
  </message>
  <message>
   <source>Show {}</source>
   <translation>{} zeigen</translation>
  </message>
  <message>
   <source>Switch this edit off, keeping it, or on again.</source>
   <translation>Diese Bearbeitung ausschalten, ohne sie zu verlieren, oder wieder einschalten.</translation>
  </message>
  <message>
   <source>{facts}, switched off</source>
   <translation>{facts}, ausgeschaltet</translation>
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
   <source>In English: {}</source>
   <translation>Auf Englisch: {}</translation>
  </message>
  <message>
   <source>Nothing is sent anywhere: the details stay on this computer unless you copy and paste them.</source>
   <translation>Nichts wird versendet: Die Einzelheiten bleiben auf diesem Computer, solange sie niemand von Hand kopiert und einfügt.</translation>
  </message>
  <message>
   <source>Show or hide where in the program it happened</source>
   <translation>Zeigen oder verbergen, wo im Programm es geschah</translation>
  </message>
  <message>
   <source>Something went wrong inside latentedit. This is a bug, not your mistake.</source>
   <translation>In latentedit ist etwas schiefgegangen. Das ist ein Programmfehler, kein Bedienfehler.</translation>
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
   <translation>Das Foto ist unverändert. Am besten das Projekt speichern und den Fehler, falls er wieder auftritt, mit den Einzelheiten melden.</translation>
  </message>
 </context>
 <context>
  <name>ErrorWords</name>
  <message>
   <source>A downloaded file is not what it should be.</source>
   <translation>Eine heruntergeladene Datei ist nicht die, die sie sein soll.</translation>
  </message>
  <message>
   <source>A weights file is missing.</source>
   <translation>Eine Gewichtsdatei fehlt.</translation>
  </message>
  <message>
   <source>Check the connection to the internet, and try again.</source>
   <translation>Die Verbindung zum Internet prüfen und es noch einmal versuchen.</translation>
  </message>
  <message>
   <source>Choose another device in the preferences.</source>
   <translation>In den Einstellungen ein anderes Gerät wählen.</translation>
  </message>
  <message>
   <source>Choose something else; nothing was changed.</source>
   <translation>Etwas anderes wählen; nichts wurde geändert.</translation>
  </message>
  <message>
   <source>Copy it again from where it came from, or save it as JPEG or PNG with another program.</source>
   <translation>Das Foto noch einmal von dort kopieren, woher es kam, oder mit einem anderen Programm als JPEG oder PNG speichern.</translation>
  </message>
  <message>
   <source>Download it again.</source>
   <translation>Sie noch einmal herunterladen.</translation>
  </message>
  <message>
   <source>Give another file.</source>
   <translation>Eine andere Datei angeben.</translation>
  </message>
  <message>
   <source>Install what is named below.</source>
   <translation>Installieren, was in der Meldung genannt ist.</translation>
  </message>
  <message>
   <source>It cannot be read, or does not fit this model. Take another, or another model.</source>
   <translation>Sie lässt sich nicht lesen oder passt nicht zu diesem Modell. Eine andere Richtung oder ein anderes Modell nehmen.</translation>
  </message>
  <message>
   <source>It is damaged, or a newer version of latentedit wrote it. Take a copy, or update latentedit.</source>
   <translation>Es ist beschädigt, oder eine neuere Version von latentedit hat es geschrieben. Eine Kopie nehmen oder latentedit aktualisieren.</translation>
  </message>
  <message>
   <source>It is damaged, unsafe, or of a kind that is not supported. Take another file.</source>
   <translation>Sie ist beschädigt, unsicher oder von einer Art, die nicht unterstützt wird. Eine andere Datei nehmen.</translation>
  </message>
  <message>
   <source>Make room on the disk, or choose another folder.</source>
   <translation>Platz auf dem Datenträger schaffen oder einen anderen Ordner wählen.</translation>
  </message>
  <message>
   <source>No face was found.</source>
   <translation>Es wurde kein Gesicht gefunden.</translation>
  </message>
  <message>
   <source>Nothing was changed.</source>
   <translation>Nichts wurde geändert.</translation>
  </message>
  <message>
   <source>Open a photograph and let it be downloaded.</source>
   <translation>Ein Foto öffnen und sie herunterladen lassen.</translation>
  </message>
  <message>
   <source>Something that is needed for this is missing.</source>
   <translation>Dafür fehlt etwas.</translation>
  </message>
  <message>
   <source>Take a larger version of the photograph.</source>
   <translation>Das Foto in höherer Auflösung nehmen.</translation>
  </message>
  <message>
   <source>Take a photograph in which the face is larger and seen from the front.</source>
   <translation>Ein Foto nehmen, auf dem das Gesicht größer und von vorn zu sehen ist.</translation>
  </message>
  <message>
   <source>The chosen graphics card is not there.</source>
   <translation>Die gewählte Grafikkarte ist nicht vorhanden.</translation>
  </message>
  <message>
   <source>The direction cannot be used.</source>
   <translation>Die Richtung lässt sich nicht verwenden.</translation>
  </message>
  <message>
   <source>The download did not work.</source>
   <translation>Das Herunterladen ist nicht gelungen.</translation>
  </message>
  <message>
   <source>The face is too small to be edited.</source>
   <translation>Das Gesicht ist zu klein, um bearbeitet zu werden.</translation>
  </message>
  <message>
   <source>The file cannot be written.</source>
   <translation>Die Datei lässt sich nicht schreiben.</translation>
  </message>
  <message>
   <source>The photograph cannot be read.</source>
   <translation>Das Foto lässt sich nicht lesen.</translation>
  </message>
  <message>
   <source>The project cannot be opened.</source>
   <translation>Das Projekt lässt sich nicht öffnen.</translation>
  </message>
  <message>
   <source>The weights file cannot be used.</source>
   <translation>Die Gewichtsdatei lässt sich nicht verwenden.</translation>
  </message>
  <message>
   <source>This did not work.</source>
   <translation>Das ist nicht gelungen.</translation>
  </message>
  <message>
   <source>This is not possible.</source>
   <translation>Das ist nicht möglich.</translation>
  </message>
  <message>
   <source>What was given cannot be used.</source>
   <translation>Was angegeben wurde, lässt sich nicht verwenden.</translation>
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
   <source>Choose the &amp;quality:</source>
   <translation>&amp;Qualität wählen:</translation>
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
   <source>From 1 (small) to 100 (hardly any loss)</source>
   <translation>Von 1 (klein) bis 100 (kaum Verlust)</translation>
  </message>
  <message>
   <source>Give the file a name that does not begin with a dot.</source>
   <translation>Bitte einen Namen wählen, der nicht mit einem Punkt beginnt.</translation>
  </message>
  <message>
   <source>How much the file may lose. Without a choice, what the edits don't touch is kept where it can be.</source>
   <translation>Wie viel die Datei verlieren darf. Ohne Wahl bleibt, wo es geht, erhalten, was die Bearbeitungen nicht berühren.</translation>
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
   <source>Quality</source>
   <translation>Qualität</translation>
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
   <translation>Das ist das Foto selbst. Es wird nie überschrieben: bitte einen anderen Namen oder Ordner wählen.</translation>
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
   <source>With a quality of your own all of the picture is encoded anew, also what the edits don't touch.</source>
   <translation>Mit eigener Qualität wird das ganze Bild neu kodiert, auch was die Bearbeitungen nicht berühren.</translation>
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
  <name>FaceList</name>
  <message>
   <source>&amp;Find faces again</source>
   <translation>Neu &amp;suchen</translation>
  </message>
  <message>
   <source>&amp;Learn again</source>
   <translation>Neu &amp;lernen</translation>
  </message>
  <message>
   <source>&amp;Learn this face</source>
   <translation>Gesicht &amp;lernen</translation>
  </message>
  <message>
   <source>Choose the face that you want to change.</source>
   <translation>Das Gesicht wählen, das geändert werden soll.</translation>
  </message>
  <message>
   <source>Face {}</source>
   <translation>Gesicht {}</translation>
  </message>
  <message>
   <source>Faces</source>
   <translation>Gesichter</translation>
  </message>
  <message>
   <source>Find again</source>
   <translation>Neu suchen</translation>
  </message>
  <message>
   <source>Find faces again</source>
   <translation>Gesichter neu suchen</translation>
  </message>
  <message>
   <source>Learn this face once more from the photograph; what was done to it stays.</source>
   <translation>Dieses Gesicht noch einmal vom Foto lernen; seine Bearbeitungen bleiben.</translation>
  </message>
  <message>
   <source>Look for faces once more; what was done to those that are known is forgotten.</source>
   <translation>Noch einmal nach Gesichtern suchen; was an den bekannten geändert wurde, wird vergessen.</translation>
  </message>
  <message>
   <source>Look for the faces again? What was learnt of them, and all that was done to them, will be forgotten.</source>
   <translation>Noch einmal nach den Gesichtern suchen? Was über sie gelernt und an ihnen geändert wurde, wird vergessen.</translation>
  </message>
  <message>
   <source>This face can be changed.</source>
   <translation>Dieses Gesicht lässt sich ändern.</translation>
  </message>
  <message>
   <source>This face was not learnt yet.</source>
   <translation>Dieses Gesicht wurde noch nicht gelernt.</translation>
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
   <source>A face is being learnt. What was learnt of it so far is lost.</source>
   <translation>Ein Gesicht wird gerade gelernt. Was davon bisher gelernt wurde, geht verloren.</translation>
  </message>
  <message>
   <source>All files (*)</source>
   <translation>Alle Dateien (*)</translation>
  </message>
  <message>
   <source>Change the language now?</source>
   <translation>Die Sprache jetzt wechseln?</translation>
  </message>
  <message>
   <source>Copied. Whoever gets it cannot see that it was edited: please say so.</source>
   <translation>Kopiert. Wer es bekommt, sieht ihm die Bearbeitung nicht an: bitte dazusagen.</translation>
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
   <translation>Nur die erste dieser Dateien wurde geöffnet. Viele auf einmal bearbeitet das Bedienfeld „Stapel“.</translation>
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
   <source>Photographs are being worked on. What is done is kept, and the batch can be gone on with later.</source>
   <translation>Es werden gerade Fotos bearbeitet. Was fertig ist, bleibt erhalten, und der Stapel lässt sich später fortsetzen.</translation>
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
   <source>Stop learning?</source>
   <translation>Lernen abbrechen?</translation>
  </message>
  <message>
   <source>Stop the batch?</source>
   <translation>Stapel abbrechen?</translation>
  </message>
  <message>
   <source>The window is made anew. The photograph, its edits and their history stay; what was only begun in a panel is forgotten. Otherwise the language changes with the next start.</source>
   <translation>Das Fenster wird neu aufgebaut. Das Foto, seine Bearbeitungen und ihr Verlauf bleiben; was in einem Bedienfeld nur begonnen wurde, wird vergessen. Sonst wechselt die Sprache beim nächsten Start.</translation>
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
   <translation>Die Fotos verlassen diesen Computer nie. Alles wird hier berechnet, ohne Konto.</translation>
  </message>
  <message>
   <source>latentedit needs trained networks that are not part of the program: {} to download, once.</source>
   <translation>latentedit braucht trainierte Netze, die nicht zum Programm gehören: einmalig {} zum Herunterladen.</translation>
  </message>
 </context>
 <context>
  <name>Guide</name>
  <message numerus="yes">
   <source>%n faces were found. Click one.</source>
   <translation>
    <numerusform>%n Gesicht gefunden. Zum Bearbeiten anklicken.</numerusform>
    <numerusform>%n Gesichter gefunden. Eines anklicken.</numerusform>
   </translation>
  </message>
  <message>
   <source>Click the face that you want to edit.</source>
   <translation>Das Gesicht anklicken, das bearbeitet werden soll.</translation>
  </message>
  <message>
   <source>Face {} is learnt and can be edited.</source>
   <translation>Gesicht {} ist gelernt und kann bearbeitet werden.</translation>
  </message>
  <message>
   <source>Face {}: finding the likeness…</source>
   <translation>Gesicht {}: sucht die Ähnlichkeit …</translation>
  </message>
  <message>
   <source>Getting to know face {}</source>
   <translation>Gesicht {} wird gelernt</translation>
  </message>
  <message>
   <source>Let all of it change</source>
   <translation>Überall ändern</translation>
  </message>
  <message>
   <source>Looking for faces</source>
   <translation>Gesichter werden gesucht</translation>
  </message>
  <message>
   <source>No face was found in this photograph.</source>
   <translation>In diesem Foto wurde kein Gesicht gefunden.</translation>
  </message>
  <message>
   <source>Opening {}</source>
   <translation>{} wird geöffnet</translation>
  </message>
  <message>
   <source>Take the middle of it</source>
   <translation>Die Mitte nehmen</translation>
  </message>
  <message>
   <source>The face now changes only where you paint.</source>
   <translation>Das Gesicht ändert sich jetzt nur dort, wo gemalt wird.</translation>
  </message>
  <message>
   <source>The faces' edits will be forgotten.</source>
   <translation>Die Bearbeitungen der Gesichter werden vergessen.</translation>
  </message>
 </context>
 <context>
  <name>HistoryPanel</name>
  <message>
   <source>, {}</source>
   <translation>, {}</translation>
  </message>
  <message>
   <source>Blend with {}</source>
   <translation>Mischung mit {}</translation>
  </message>
  <message>
   <source>Click a line, or use the arrow keys, to go back or forth to it.</source>
   <translation>Eine Zeile anklicken oder mit den Pfeiltasten wählen, um dorthin zurück- oder vorzugehen.</translation>
  </message>
  <message>
   <source>Do again what was taken back.</source>
   <translation>Zurückgenommenes wieder tun.</translation>
  </message>
  <message>
   <source>Hide {}</source>
   <translation>{} ausblenden</translation>
  </message>
  <message>
   <source>History</source>
   <translation>Verlauf</translation>
  </message>
  <message>
   <source>Move {}</source>
   <translation>{} verschieben</translation>
  </message>
  <message>
   <source>Noise: {}</source>
   <translation>Körnung: {}</translation>
  </message>
  <message>
   <source>Open a photograph first.</source>
   <translation>Zuerst ein Foto öffnen.</translation>
  </message>
  <message>
   <source>Original</source>
   <translation>Original</translation>
  </message>
  <message>
   <source>Own features: {}</source>
   <translation>Eigene Züge: {}</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <source>Remove {}</source>
   <translation>{} entfernen</translation>
  </message>
  <message>
   <source>Reset face</source>
   <translation>Gesicht zurücksetzen</translation>
  </message>
  <message>
   <source>Show {}</source>
   <translation>{} zeigen</translation>
  </message>
  <message>
   <source>Take back the last change.</source>
   <translation>Die letzte Änderung zurücknehmen.</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>What was done, the oldest first</source>
   <translation>Was getan wurde, das Älteste zuerst</translation>
  </message>
  <message>
   <source>drag {}</source>
   <translation>Ziehen {}</translation>
  </message>
  <message>
   <source>{change}  ·  face {number}</source>
   <translation>{change}  ·  Gesicht {number}</translation>
  </message>
  <message>
   <source>{change}, the present</source>
   <translation>{change}, gegenwärtiger Stand</translation>
  </message>
  <message>
   <source>{change}, undone</source>
   <translation>{change}, zurückgenommen</translation>
  </message>
 </context>
 <context>
  <name>ImportForm</name>
  <message>
   <source>&amp;Cancel</source>
   <translation>&amp;Abbrechen</translation>
  </message>
  <message>
   <source>&amp;Close</source>
   <translation>&amp;Schließen</translation>
  </message>
  <message>
   <source>&amp;Keep</source>
   <translation>&amp;Behalten</translation>
  </message>
  <message>
   <source>&amp;Licence:</source>
   <translation>&amp;Lizenz:</translation>
  </message>
  <message>
   <source>&amp;Name:</source>
   <translation>&amp;Name:</translation>
  </message>
  <message>
   <source>&amp;Read</source>
   <translation>&amp;Lesen</translation>
  </message>
  <message>
   <source>&amp;Size:</source>
   <translation>&amp;Größe:</translation>
  </message>
  <message>
   <source>Anything else</source>
   <translation>Etwas anderes</translation>
  </message>
  <message>
   <source>Do not import it.</source>
   <translation>Nicht importieren.</translation>
  </message>
  <message>
   <source>Import {}</source>
   <translation>{} importieren</translation>
  </message>
  <message>
   <source>It &amp;draws:</source>
   <translation>&amp;Zeichnet:</translation>
  </message>
  <message>
   <source>Portraits, aligned as in FFHQ</source>
   <translation>Porträts, ausgerichtet wie in FFHQ</translation>
  </message>
  <message>
   <source>Reading {}</source>
   <translation>{} wird gelesen</translation>
  </message>
  <message>
   <source>The checkpoint is being read</source>
   <translation>Der Checkpoint wird gelesen</translation>
  </message>
  <message>
   <source>The file does not tell for which size it was trained; ask whoever trained it.</source>
   <translation>Die Datei sagt nicht, für welche Größe sie trainiert wurde; wer sie trainiert hat, weiß es.</translation>
  </message>
  <message>
   <source>The file does not tell the size of its pictures. Choose the one that it was trained for.</source>
   <translation>Die Datei sagt nicht, wie groß ihre Bilder sind. Bitte die Größe wählen, für die sie trainiert wurde.</translation>
  </message>
  <message>
   <source>The file does not tell. Portraits: eyes and mouth are always at the same place of the picture.</source>
   <translation>Die Datei sagt es nicht. Porträts: Augen und Mund sind immer an derselben Stelle des Bildes.</translation>
  </message>
  <message>
   <source>What it is called from now on: letters, digits, points, dashes and underscores.</source>
   <translation>Wie es von nun an heißt: Buchstaben, Ziffern, Punkte, Binde- und Unterstriche.</translation>
  </message>
  <message>
   <source>What its weights may be used for; you find it where you have them from.</source>
   <translation>Wofür es benutzt werden darf; das steht dort, woher es stammt.</translation>
  </message>
  <message>
   <source>not told by the file</source>
   <translation>steht nicht in der Datei</translation>
  </message>
  <message>
   <source>{architecture} of {program}, {pixels} px, {layers} layers.</source>
   <translation>{architecture} von {program}, {pixels} px, {layers} Schichten.</translation>
  </message>
  <message>
   <source>{} cannot be imported</source>
   <translation>{} lässt sich nicht importieren</translation>
  </message>
  <message>
   <source>{} px</source>
   <translation>{} px</translation>
  </message>
 </context>
 <context>
  <name>InputFiles</name>
  <message>
   <source>&amp;Remove</source>
   <translation>&amp;Entfernen</translation>
  </message>
  <message>
   <source>Add &amp;files…</source>
   <translation>&amp;Dateien …</translation>
  </message>
  <message>
   <source>Add f&amp;older…</source>
   <translation>Ord&amp;ner …</translation>
  </message>
  <message>
   <source>Choose a folder of photographs.</source>
   <translation>Einen Ordner mit Fotos wählen.</translation>
  </message>
  <message>
   <source>Choose photographs and projects.</source>
   <translation>Fotos und Projekte wählen.</translation>
  </message>
  <message>
   <source>Drop photographs, projects and folders here. Delete takes the chosen ones out of the list.</source>
   <translation>Fotos, Projekte und Ordner hier ablegen. Entf nimmt die gewählten aus der Liste.</translation>
  </message>
  <message>
   <source>Folder for the batch</source>
   <translation>Ordner für den Stapel</translation>
  </message>
  <message>
   <source>Photographs and folders</source>
   <translation>Fotos und Ordner</translation>
  </message>
  <message>
   <source>Photographs for the batch</source>
   <translation>Fotos für den Stapel</translation>
  </message>
  <message>
   <source>Take the chosen ones out of the list; the files stay.</source>
   <translation>Die gewählten aus der Liste nehmen; die Dateien bleiben.</translation>
  </message>
 </context>
 <context>
  <name>LayerChooser</name>
  <message>
   <source>Change the layers that this is made for.</source>
   <translation>Die Schichten ändern, für die dies gemacht ist.</translation>
  </message>
  <message>
   <source>Coarse</source>
   <translation>Grob</translation>
  </message>
  <message>
   <source>Colour, light and skin.</source>
   <translation>Farbe, Licht und Haut.</translation>
  </message>
  <message>
   <source>Fine</source>
   <translation>Fein</translation>
  </message>
  <message>
   <source>Layer {}</source>
   <translation>Schicht {}</translation>
  </message>
  <message>
   <source>Layer {}, which draws at {} pixels.</source>
   <translation>Schicht {}, die mit {} Pixeln zeichnet.</translation>
  </message>
  <message>
   <source>Middle</source>
   <translation>Mittel</translation>
  </message>
  <message>
   <source>Pose, hair style and the shape of the face.</source>
   <translation>Haltung, Frisur und Form des Gesichts.</translation>
  </message>
  <message>
   <source>The parts of the face, expression and hair.</source>
   <translation>Gesichtszüge, Ausdruck und Haare.</translation>
  </message>
  <message>
   <source>The usual layers</source>
   <translation>Übliche Schichten</translation>
  </message>
 </context>
 <context>
  <name>LayersPanel</name>
  <message>
   <source>&amp;Reset face</source>
   <translation>&amp;Zurücksetzen</translation>
  </message>
  <message>
   <source>Another sample</source>
   <translation>Eine andere Probe</translation>
  </message>
  <message>
   <source>As in the photograph</source>
   <translation>Wie im Foto</translation>
  </message>
  <message>
   <source>Background</source>
   <translation>Hintergrund</translation>
  </message>
  <message>
   <source>Blend the drawing in</source>
   <translation>Zeichnung einblenden</translation>
  </message>
  <message>
   <source>Choose a face and let it be learnt, to change it.</source>
   <translation>Zum Ändern ein Gesicht wählen und lernen lassen.</translation>
  </message>
  <message>
   <source>Clothes</source>
   <translation>Kleidung</translation>
  </message>
  <message>
   <source>Drag {}</source>
   <translation>Ziehen {}</translation>
  </message>
  <message>
   <source>Edits, the newest on top</source>
   <translation>Bearbeitungen, die neueste oben</translation>
  </message>
  <message>
   <source>Everywhere</source>
   <translation>Überall</translation>
  </message>
  <message>
   <source>Eyebrows</source>
   <translation>Augenbrauen</translation>
  </message>
  <message>
   <source>Eyes</source>
   <translation>Augen</translation>
  </message>
  <message>
   <source>Face</source>
   <translation>Gesicht</translation>
  </message>
  <message>
   <source>Faces and edits</source>
   <translation>Gesichter und Bearbeitungen</translation>
  </message>
  <message>
   <source>Hair</source>
   <translation>Haare</translation>
  </message>
  <message>
   <source>Head</source>
   <translation>Kopf</translation>
  </message>
  <message>
   <source>Keep the photograph's texture</source>
   <translation>Textur des Fotos behalten</translation>
  </message>
  <message>
   <source>Mask</source>
   <translation>Maske</translation>
  </message>
  <message>
   <source>Mix with {}</source>
   <translation>Mischen mit {}</translation>
  </message>
  <message>
   <source>Mouth</source>
   <translation>Mund</translation>
  </message>
  <message>
   <source>Neck</source>
   <translation>Hals</translation>
  </message>
  <message>
   <source>None, smooth</source>
   <translation>Keine, glatt</translation>
  </message>
  <message>
   <source>Nose</source>
   <translation>Nase</translation>
  </message>
  <message>
   <source>Nothing was done to this face yet. Move a slider of the other panels.</source>
   <translation>An diesem Gesicht wurde noch nichts geändert. Die Regler der anderen Bedienfelder tun das.</translation>
  </message>
  <message>
   <source>Open a photograph first.</source>
   <translation>Zuerst ein Foto öffnen.</translation>
  </message>
  <message>
   <source>Painted area</source>
   <translation>Gemalter Bereich</translation>
  </message>
  <message>
   <source>Replace with the drawing</source>
   <translation>Durch die Zeichnung ersetzen</translation>
  </message>
  <message>
   <source>Skin</source>
   <translation>Haut</translation>
  </message>
  <message>
   <source>Take back everything that was done to this face. It can be undone.</source>
   <translation>Alles zurücknehmen, was an diesem Gesicht geändert wurde. Das lässt sich rückgängig machen.</translation>
  </message>
  <message>
   <source>Variation {}</source>
   <translation>Variation {}</translation>
  </message>
  <message>
   <source>Where “{}” may change the face</source>
   <translation>Wo „{}“ das Gesicht ändern darf</translation>
  </message>
  <message>
   <source>Whole person</source>
   <translation>Ganze Person</translation>
  </message>
  <message>
   <source>Whole square</source>
   <translation>Ganzes Quadrat</translation>
  </message>
  <message>
   <source>all but {}</source>
   <translation>alles außer {}</translation>
  </message>
  <message>
   <source>face {}</source>
   <translation>Gesicht {}</translation>
  </message>
  <message>
   <source>layers {}</source>
   <translation>Schichten {}</translation>
  </message>
  <message>
   <source>random face {}</source>
   <translation>Zufallsgesicht {}</translation>
  </message>
  <message>
   <source>{}%</source>
   <translation>{} %</translation>
  </message>
 </context>
 <context>
  <name>Limits</name>
  <message>
   <source>All but this</source>
   <translation>Alles außer diesem</translation>
  </message>
  <message>
   <source>Change everything except this part of the face.</source>
   <translation>Alles außer diesem Teil des Gesichts ändern.</translation>
  </message>
  <message>
   <source>How wide the edge is over which the change fades, as a share of the face's square.</source>
   <translation>Wie breit die Kante ist, über die die Änderung ausläuft, als Anteil am Quadrat des Gesichts.</translation>
  </message>
  <message>
   <source>Layers</source>
   <translation>Schichten</translation>
  </message>
  <message>
   <source>On</source>
   <translation>Ein</translation>
  </message>
  <message>
   <source>Remove {}</source>
   <translation>{} entfernen</translation>
  </message>
  <message>
   <source>Show the face with and without this change; the amount stays.</source>
   <translation>Das Gesicht mit oder ohne diese Änderung zeigen; die Stärke bleibt.</translation>
  </message>
  <message>
   <source>Soft edge</source>
   <translation>Weiche Kante</translation>
  </message>
  <message>
   <source>Take this change out of the list of edits.</source>
   <translation>Diese Änderung aus der Liste der Bearbeitungen nehmen.</translation>
  </message>
  <message>
   <source>The part of the face that may change.</source>
   <translation>Der Teil des Gesichts, der sich ändern darf.</translation>
  </message>
  <message>
   <source>What you painted</source>
   <translation>Das Gemalte</translation>
  </message>
  <message>
   <source>Where</source>
   <translation>Wo</translation>
  </message>
  <message>
   <source>Where in the face</source>
   <translation>Wo im Gesicht</translation>
  </message>
 </context>
 <context>
  <name>MainWindow</name>
  <message>
   <source>&amp;As they came</source>
   <translation>&amp;Wie anfangs</translation>
  </message>
  <message>
   <source>&amp;Panels</source>
   <translation>Bedien&amp;felder</translation>
  </message>
  <message>
   <source>Main tools</source>
   <translation>Hauptwerkzeuge</translation>
  </message>
  <message>
   <source>Open &amp;recent</source>
   <translation>&amp;Zuletzt geöffnet</translation>
  </message>
  <message>
   <source>Show or hide this panel</source>
   <translation>Dieses Bedienfeld zeigen oder verbergen</translation>
  </message>
  <message>
   <source>Tools on the photograph</source>
   <translation>Werkzeuge auf dem Foto</translation>
  </message>
  <message>
   <source>{}[*] - latentedit</source>
   <translation>{}[*] - latentedit</translation>
  </message>
 </context>
 <context>
  <name>MethodForm</name>
  <message>
   <source>Attribute</source>
   <translation>Merkmal</translation>
  </message>
  <message>
   <source>Colours and texture</source>
   <translation>Farben und Textur</translation>
  </message>
  <message>
   <source>Directions</source>
   <translation>Richtungen</translation>
  </message>
  <message>
   <source>Everything</source>
   <translation>Alles</translation>
  </message>
  <message>
   <source>Faces for each</source>
   <translation>Gesichter je Versuch</translation>
  </message>
  <message>
   <source>Features</source>
   <translation>Gesichtszüge</translation>
  </message>
  <message>
   <source>How many directions are sought, at most.</source>
   <translation>Wie viele Richtungen höchstens gesucht werden.</translation>
  </message>
  <message>
   <source>How many faces each switch is tried on.</source>
   <translation>An wie vielen Gesichtern jeder Schalter versucht wird.</translation>
  </message>
  <message>
   <source>How many random faces are looked at. More is slower, and more exact.</source>
   <translation>Wie viele Zufallsgesichter betrachtet werden. Mehr dauert länger und ist genauer.</translation>
  </message>
  <message>
   <source>How many switches of the model are tried.</source>
   <translation>Wie viele Schalter des Modells versucht werden.</translation>
  </message>
  <message>
   <source>Pose and shape</source>
   <translation>Haltung und Form</translation>
  </message>
  <message>
   <source>Random faces</source>
   <translation>Zufallsgesichter</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>Startwert</translation>
  </message>
  <message>
   <source>Switches tried</source>
   <translation>Versuchte Schalter</translation>
  </message>
  <message>
   <source>The same number gives the same random faces again.</source>
   <translation>Dieselbe Zahl gibt wieder dieselben Zufallsgesichter.</translation>
  </message>
  <message>
   <source>What changes</source>
   <translation>Was sich ändert</translation>
  </message>
  <message>
   <source>What is measured on every face.</source>
   <translation>Was an jedem Gesicht gemessen wird.</translation>
  </message>
  <message>
   <source>What the directions may change.</source>
   <translation>Was die Richtungen ändern dürfen.</translation>
  </message>
  <message>
   <source>{}:</source>
   <translation>{}:</translation>
  </message>
 </context>
 <context>
  <name>MixPanel</name>
  <message>
   <source>Choose a second face. What you take of it comes into this one, band by band.</source>
   <translation>Ein zweites Gesicht wählen. Was davon genommen wird, kommt Bereich für Bereich in dieses.</translation>
  </message>
  <message>
   <source>Mix</source>
   <translation>Mischen</translation>
  </message>
 </context>
 <context>
  <name>MixWords</name>
  <message>
   <source>Face {}</source>
   <translation>Gesicht {}</translation>
  </message>
  <message>
   <source>Random {}</source>
   <translation>Zufall {}</translation>
  </message>
 </context>
 <context>
  <name>ModelsPanel</name>
  <message>
   <source>&amp;Import…</source>
   <translation>&amp;Import …</translation>
  </message>
  <message>
   <source>&amp;Use this model</source>
   <translation>Dieses Modell &amp;benutzen</translation>
  </message>
  <message>
   <source>All files (*)</source>
   <translation>Alle Dateien (*)</translation>
  </message>
  <message>
   <source>Architecture</source>
   <translation>Architektur</translation>
  </message>
  <message>
   <source>Checkpoints ({})</source>
   <translation>Checkpoints ({})</translation>
  </message>
  <message>
   <source>Classes</source>
   <translation>Klassen</translation>
  </message>
  <message>
   <source>Coloured blobs, to try things out</source>
   <translation>Farbige Flecken, zum Ausprobieren</translation>
  </message>
  <message>
   <source>Comes from</source>
   <translation>Stammt von</translation>
  </message>
  <message>
   <source>Draws</source>
   <translation>Zeichnet</translation>
  </message>
  <message>
   <source>E&amp;xport…</source>
   <translation>E&amp;xport …</translation>
  </message>
  <message>
   <source>Export {}</source>
   <translation>{} exportieren</translation>
  </message>
  <message>
   <source>Faces</source>
   <translation>Gesichter</translation>
  </message>
  <message>
   <source>Fingerprint</source>
   <translation>Fingerabdruck</translation>
  </message>
  <message>
   <source>Forget a model of your own.</source>
   <translation>Ein eigenes Modell vergessen.</translation>
  </message>
  <message>
   <source>Generators</source>
   <translation>Generatoren</translation>
  </message>
  <message>
   <source>Import a model</source>
   <translation>Ein Modell importieren</translation>
  </message>
  <message>
   <source>In use</source>
   <translation>In Gebrauch</translation>
  </message>
  <message>
   <source>Learn the faces of the open photograph again, with this model; photographs to come, too.</source>
   <translation>Die Gesichter des geöffneten Fotos mit diesem Modell neu lernen, die künftiger Fotos auch.</translation>
  </message>
  <message>
   <source>Learnt from</source>
   <translation>Gelernt aus</translation>
  </message>
  <message>
   <source>Licence</source>
   <translation>Lizenz</translation>
  </message>
  <message>
   <source>Limits</source>
   <translation>Grenzen</translation>
  </message>
  <message>
   <source>Make a StyleGAN checkpoint of any known program a model of your own. Or drop its file here.</source>
   <translation>Einen StyleGAN-Checkpoint aus einem der bekannten Programme zu einem eigenen Modell machen. Oder die Datei hier ablegen.</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>Modelle</translation>
  </message>
  <message>
   <source>Pictures of any kind</source>
   <translation>Bilder jeder Art</translation>
  </message>
  <message>
   <source>Problem</source>
   <translation>Problem</translation>
  </message>
  <message>
   <source>Re&amp;move…</source>
   <translation>Ent&amp;fernen …</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Remove a model</source>
   <translation>Ein Modell entfernen</translation>
  </message>
  <message>
   <source>Remove {}? Projects that were made with it can then no longer be drawn.</source>
   <translation>{} entfernen? Projekte, die damit gemacht wurden, lassen sich dann nicht mehr zeichnen.</translation>
  </message>
  <message>
   <source>Use</source>
   <translation>Benutzen</translation>
  </message>
  <message>
   <source>Use this model</source>
   <translation>Dieses Modell benutzen</translation>
  </message>
  <message>
   <source>Use {name} for this photograph? Its faces are learnt again, which takes a while, and what was done to them so far is forgotten.</source>
   <translation>{name} für dieses Foto benutzen? Die Gesichter werden neu gelernt, was eine Weile dauert, und bisherige Änderungen an ihnen werden vergessen.</translation>
  </message>
  <message>
   <source>Weights</source>
   <translation>Gewichte</translation>
  </message>
  <message>
   <source>What can draw. The one with a tick is in use.</source>
   <translation>Was zeichnen kann. Das mit dem Haken ist in Gebrauch.</translation>
  </message>
  <message>
   <source>Write your own model as a file with its card, to keep or to give on.</source>
   <translation>Das eigene Modell mit seinem Datenblatt als Datei schreiben, zum Aufheben oder Weitergeben.</translation>
  </message>
  <message>
   <source>damaged</source>
   <translation>beschädigt</translation>
  </message>
  <message>
   <source>not known</source>
   <translation>nicht bekannt</translation>
  </message>
  <message>
   <source>on this computer</source>
   <translation>auf diesem Computer</translation>
  </message>
  <message>
   <source>{architecture}, {layers} layers</source>
   <translation>{architecture}, {layers} Schichten</translation>
  </message>
  <message>
   <source>{what}, {pixels} px</source>
   <translation>{what}, {pixels} px</translation>
  </message>
  <message>
   <source>{} MB</source>
   <translation>{} MB</translation>
  </message>
  <message>
   <source>{} will be downloaded when it is first used</source>
   <translation>{} werden beim ersten Benutzen heruntergeladen</translation>
  </message>
  <message>
   <source>{}, in use</source>
   <translation>{}, in Gebrauch</translation>
  </message>
 </context>
 <context>
  <name>Note</name>
  <message>
   <source>pyjpegio is not installed, so all of the photograph was coded again with its own quantisation, not the face alone.</source>
   <translation>pyjpegio ist nicht installiert, darum wurde das ganze Foto mit seiner eigenen Quantisierung neu kodiert, nicht das Gesicht allein.</translation>
  </message>
  <message>
   <source>the photograph is a {kind} with loss, so all of it was coded again (quality {quality}), not the face alone; a .png or .tif keeps the rest exactly.</source>
   <translation>Das Foto ist ein verlustbehaftetes {kind}, darum wurde alles neu kodiert (Qualität {quality}), nicht das Gesicht allein; .png oder .tif erhält den Rest genau.</translation>
  </message>
  <message>
   <source>{kind} has no place for the mark that a trained model made or changed it; other kinds say it.</source>
   <translation>{kind} hat keinen Platz für den Vermerk, dass ein trainiertes Modell das Bild erzeugt oder geändert hat; andere Dateiarten tragen ihn.</translation>
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
   <translation>Ein Gesicht im Foto anklicken.</translation>
  </message>
  <message>
   <source>Open a photograph first.</source>
   <translation>Zuerst ein Foto öffnen.</translation>
  </message>
  <message>
   <source>This face has yet to be learnt. Click it in the photograph.</source>
   <translation>Dieses Gesicht wurde noch nicht gelernt. Im Foto anklicken, um zu beginnen.</translation>
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
   <source>Another device is used from the next start on. For another language, the window is made anew.</source>
   <translation>Ein anderes Gerät gilt ab dem nächsten Start. Für eine andere Sprache wird das Fenster neu aufgebaut.</translation>
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
   <source>Choose the one to open now. The others are offered again at the next start.</source>
   <translation>Eines davon jetzt öffnen. Die anderen werden beim nächsten Start wieder angeboten.</translation>
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
  <name>Results</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Drawing and measuring faces</source>
   <translation>Gesichter werden gezeichnet und gemessen</translation>
  </message>
  <message>
   <source>Finding the direction</source>
   <translation>Die Richtung wird gesucht</translation>
  </message>
  <message>
   <source>Finding what they depend on</source>
   <translation>Es wird gesucht, wovon sie abhängen</translation>
  </message>
  <message>
   <source>Guessing each face's group from the others</source>
   <translation>Die Gruppe jedes Gesichts wird aus den anderen erraten</translation>
  </message>
  <message>
   <source>Looking into the model</source>
   <translation>Das Modell wird untersucht</translation>
  </message>
  <message>
   <source>Making random faces</source>
   <translation>Zufallsgesichter werden erzeugt</translation>
  </message>
  <message>
   <source>Measuring how far each may go</source>
   <translation>Es wird gemessen, wie weit jede gehen darf</translation>
  </message>
  <message>
   <source>Name what you like, and keep it.</source>
   <translation>Was gefällt, benennen und behalten.</translation>
  </message>
  <message>
   <source>Nothing was found.</source>
   <translation>Nichts gefunden.</translation>
  </message>
  <message>
   <source>Preparing</source>
   <translation>Wird vorbereitet</translation>
  </message>
  <message>
   <source>Stop the search; nothing is kept of it.</source>
   <translation>Die Suche anhalten; nichts davon bleibt.</translation>
  </message>
  <message>
   <source>Tried on a random face.</source>
   <translation>An einem Zufallsgesicht versucht.</translation>
  </message>
  <message>
   <source>Tried on the open face.</source>
   <translation>Am geöffneten Gesicht versucht.</translation>
  </message>
  <message>
   <source>Trying single switches</source>
   <translation>Einzelne Schalter werden versucht</translation>
  </message>
  <message>
   <source>{phase}, {number} of {total}</source>
   <translation>{phase}, {number} von {total}</translation>
  </message>
 </context>
 <context>
  <name>SampleButton</name>
  <message>
   <source>Click: group A. Again: group B. Again: neither. The keys A, B and Delete do it as well.</source>
   <translation>Klicken: Gruppe A. Noch einmal: Gruppe B. Noch einmal: keine. Die Tasten A, B und Entf tun es auch.</translation>
  </message>
  <message>
   <source>Face {number}, {group}</source>
   <translation>Gesicht {number}, {group}</translation>
  </message>
  <message>
   <source>in group A</source>
   <translation>in Gruppe A</translation>
  </message>
  <message>
   <source>in group B</source>
   <translation>in Gruppe B</translation>
  </message>
  <message>
   <source>in neither group</source>
   <translation>in keiner Gruppe</translation>
  </message>
 </context>
 <context>
  <name>SearchField</name>
  <message>
   <source>Empty the search</source>
   <translation>Die Suche leeren</translation>
  </message>
 </context>
 <context>
  <name>SearchTab</name>
  <message>
   <source>&amp;Search</source>
   <translation>Suche s&amp;tarten</translation>
  </message>
  <message>
   <source>Begin to look for directions.</source>
   <translation>Die Suche nach Richtungen beginnen.</translation>
  </message>
  <message>
   <source>By an attribute</source>
   <translation>Nach einem Merkmal</translation>
  </message>
  <message>
   <source>Draws random faces, measures an attribute on each, and finds what it depends on. Takes minutes. (InterFaceGAN)</source>
   <translation>Zeichnet Zufallsgesichter, misst an jedem ein Merkmal und findet, wovon es abhängt. Dauert Minuten. (InterFaceGAN)</translation>
  </message>
  <message>
   <source>Finds single switches of the model that an attribute responds to. Takes many minutes. (StyleSpace)</source>
   <translation>Findet einzelne Schalter des Modells, auf die ein Merkmal anspricht. Dauert viele Minuten. (StyleSpace)</translation>
  </message>
  <message>
   <source>How faces differ most</source>
   <translation>Worin sich Gesichter am meisten unterscheiden</translation>
  </message>
  <message>
   <source>How to search</source>
   <translation>Wie gesucht wird</translation>
  </message>
  <message>
   <source>In what random faces differ most from each other. Takes seconds. (GANSpace)</source>
   <translation>Worin sich Zufallsgesichter am meisten unterscheiden. Dauert Sekunden. (GANSpace)</translation>
  </message>
  <message>
   <source>Measure how far each may go</source>
   <translation>Messen, wie weit jede gehen darf</translation>
  </message>
  <message>
   <source>Single switches of an attribute</source>
   <translation>Einzelne Schalter eines Merkmals</translation>
  </message>
  <message>
   <source>Strongest changes</source>
   <translation>Stärkste Änderungen</translation>
  </message>
  <message>
   <source>Tries each direction on a dozen faces, so that all sliders go equally far. Takes longer.</source>
   <translation>Versucht jede Richtung an einem Dutzend Gesichter, damit alle Regler gleich weit gehen. Dauert länger.</translation>
  </message>
  <message>
   <source>What the model itself can change most. Takes a moment. (SeFa)</source>
   <translation>Was das Modell selbst am stärksten ändern kann. Dauert einen Augenblick. (SeFa)</translation>
  </message>
  <message>
   <source>Where directions are looked for.</source>
   <translation>Wo nach Richtungen gesucht wird.</translation>
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
  <name>SortTab</name>
  <message>
   <source>&amp;More faces</source>
   <translation>&amp;Mehr Gesichter</translation>
  </message>
  <message>
   <source>A: {a}, B: {b}. {advice}</source>
   <translation>A: {a}, B: {b}. {advice}</translation>
  </message>
  <message>
   <source>At least {count} of each are needed.</source>
   <translation>Von jeder Art sind mindestens {count} nötig.</translation>
  </message>
  <message>
   <source>Draw other random faces below these.</source>
   <translation>Darunter weitere Zufallsgesichter zeichnen.</translation>
  </message>
  <message>
   <source>Find what leads from group A to group B.</source>
   <translation>Suchen, was von Gruppe A zu Gruppe B führt.</translation>
  </message>
  <message>
   <source>Make the &amp;direction</source>
   <translation>&amp;Richtung erzeugen</translation>
  </message>
  <message>
   <source>Sort faces that differ in one thing: without it into A, with it into B. Each click goes from A to B to neither.</source>
   <translation>Gesichter sortieren, die sich in einem unterscheiden: ohne es in A, mit ihm in B. Jeder Klick führt von A zu B zu keiner.</translation>
  </message>
  <message>
   <source>Start &amp;over</source>
   <translation>&amp;Neu beginnen</translation>
  </message>
  <message>
   <source>Take all faces out of their groups.</source>
   <translation>Alle Gesichter aus ihren Gruppen nehmen.</translation>
  </message>
  <message>
   <source>That is enough to try; {count} of each make a better one.</source>
   <translation>Das genügt für einen Versuch; mit je {count} wird sie besser.</translation>
  </message>
  <message>
   <source>That is plenty.</source>
   <translation>Das sind reichlich.</translation>
  </message>
 </context>
 <context>
  <name>Sources</name>
  <message>
   <source>&amp;Photograph…</source>
   <translation>&amp;Foto …</translation>
  </message>
  <message>
   <source>A face to mix with</source>
   <translation>Ein Gesicht zum Mischen</translation>
  </message>
  <message>
   <source>A person that does not exist, number:</source>
   <translation>Eine Person, die es nicht gibt, Nummer:</translation>
  </message>
  <message>
   <source>Cance&amp;l</source>
   <translation>A&amp;bbrechen</translation>
  </message>
  <message>
   <source>Face {}</source>
   <translation>Gesicht {}</translation>
  </message>
  <message>
   <source>Learning the other face</source>
   <translation>Das andere Gesicht wird gelernt</translation>
  </message>
  <message>
   <source>Learning the other face…</source>
   <translation>Das andere Gesicht wird gelernt …</translation>
  </message>
  <message>
   <source>Looking for faces in {}…</source>
   <translation>In {} werden Gesichter gesucht …</translation>
  </message>
  <message>
   <source>Mix with a face of another photograph or project.</source>
   <translation>Mit einem Gesicht aus einem anderen Foto oder Projekt mischen.</translation>
  </message>
  <message>
   <source>Mix with a face that nobody has.</source>
   <translation>Mit einem Gesicht mischen, das niemandem gehört.</translation>
  </message>
  <message>
   <source>Mix with {}.</source>
   <translation>Mit {} mischen.</translation>
  </message>
  <message>
   <source>Number of the person that does not exist</source>
   <translation>Nummer der Person, die es nicht gibt</translation>
  </message>
  <message>
   <source>Ra&amp;ndom face</source>
   <translation>&amp;Zufallsgesicht</translation>
  </message>
  <message>
   <source>Stop learning the other face.</source>
   <translation>Das Lernen des anderen Gesichts anhalten.</translation>
  </message>
  <message>
   <source>Take this face of {}.</source>
   <translation>Dieses Gesicht aus {} nehmen.</translation>
  </message>
  <message>
   <source>Type a number and press Enter: the same number is the same face every time.</source>
   <translation>Eine Nummer eingeben und Enter drücken: Dieselbe Nummer ist jedes Mal dasselbe Gesicht.</translation>
  </message>
  <message>
   <source>Which of these faces?</source>
   <translation>Welches dieser Gesichter?</translation>
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
  <message numerus="yes">
   <source>%n face(s).</source>
   <translation>
    <numerusform>%n Gesicht.</numerusform>
    <numerusform>%n Gesichter.</numerusform>
   </translation>
  </message>
  <message>
   <source>Click to edit this face</source>
   <translation>Anklicken, um dieses Gesicht zu bearbeiten</translation>
  </message>
  <message>
   <source>Face {number}: {state}.</source>
   <translation>Gesicht {number}: {state}.</translation>
  </message>
  <message>
   <source>Getting to know this face</source>
   <translation>Dieses Gesicht wird gelernt</translation>
  </message>
  <message>
   <source>Photograph</source>
   <translation>Foto</translation>
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
   <translation>Einfach hier ablegen. Nichts verlässt diesen Computer, und das Foto selbst wird nie verändert.</translation>
  </message>
  <message>
   <source>Open a photograph, and its faces become sliders</source>
   <translation>Ein Foto öffnen, und seine Gesichter werden zu Reglern</translation>
  </message>
  <message>
   <source>Recent</source>
   <translation>Zuletzt geöffnet</translation>
  </message>
 </context>
 <context>
  <name>StatusLine</name>
  <message>
   <source>Drawing…</source>
   <translation>Wird gezeichnet …</translation>
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
 </context>
 <context>
  <name>TimeLeft</name>
  <message numerus="yes">
   <source>about %n minute(s) left</source>
   <translation>
    <numerusform>noch etwa %n Minute</numerusform>
    <numerusform>noch etwa %n Minuten</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>about %n second(s) left</source>
   <translation>
    <numerusform>noch etwa %n Sekunde</numerusform>
    <numerusform>noch etwa %n Sekunden</numerusform>
   </translation>
  </message>
  <message>
   <source>almost done</source>
   <translation>fast fertig</translation>
  </message>
 </context>
 <context>
  <name>TranslatePanel</name>
  <message>
   <source>&amp;Choose a network…</source>
   <translation>&amp;Netz wählen …</translation>
  </message>
  <message>
   <source>&amp;Save the result…</source>
   <translation>&amp;Ergebnis speichern …</translation>
  </message>
  <message>
   <source>&amp;Translate</source>
   <translation>&amp;Umwandeln</translation>
  </message>
  <message>
   <source>A file such as latest_net_G.pth; nothing in it is run</source>
   <translation>Eine Datei wie latest_net_G.pth; nichts darin wird ausgeführt</translation>
  </message>
  <message>
   <source>C&amp;ancel</source>
   <translation>A&amp;bbrechen</translation>
  </message>
  <message>
   <source>Choose a network</source>
   <translation>Ein Netz wählen</translation>
  </message>
  <message>
   <source>Draw it with this network</source>
   <translation>Mit diesem Netz zeichnen</translation>
  </message>
  <message>
   <source>Networks (*.pth *.pt *.safetensors)</source>
   <translation>Netze (*.pth *.pt *.safetensors)</translation>
  </message>
  <message>
   <source>Networks of CycleGAN, pix2pix and AnimeGANv2 draw a picture in another manner.</source>
   <translation>Netze von CycleGAN, pix2pix und AnimeGANv2 zeichnen ein Bild in anderer Manier.</translation>
  </message>
  <message>
   <source>No network is chosen.</source>
   <translation>Kein Netz gewählt.</translation>
  </message>
  <message>
   <source>Open a photograph first.</source>
   <translation>Zuerst ein Foto öffnen.</translation>
  </message>
  <message>
   <source>Pictures (*.png *.jpg *.webp *.tif)</source>
   <translation>Bilder (*.png *.jpg *.webp *.tif)</translation>
  </message>
  <message>
   <source>Save the result</source>
   <translation>Das Ergebnis speichern</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>The whole photograph</source>
   <translation>Das ganze Foto</translation>
  </message>
  <message>
   <source>This face</source>
   <translation>Dieses Gesicht</translation>
  </message>
  <message>
   <source>Translate</source>
   <translation>Umwandeln</translation>
  </message>
  <message>
   <source>What is drawn anew, with its edits</source>
   <translation>Was neu gezeichnet wird, mit seinen Bearbeitungen</translation>
  </message>
  <message>
   <source>What is translated</source>
   <translation>Was umgewandelt wird</translation>
  </message>
  <message>
   <source>Write it as a picture, marked as made with AI</source>
   <translation>Als Bild schreiben, als mit KI gemacht gekennzeichnet</translation>
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
   <translation>Sonst geht verloren, was seit dem letzten Speichern getan wurde. Das Foto selbst bleibt, wie es ist.</translation>
  </message>
 </context>
 <context>
  <name>VariationsPanel</name>
  <message>
   <source>&amp;Keep</source>
   <translation>&amp;Behalten</translation>
  </message>
  <message>
   <source>&amp;More</source>
   <translation>&amp;Mehr</translation>
  </message>
  <message>
   <source>Colour</source>
   <translation>Farbe</translation>
  </message>
  <message>
   <source>Features</source>
   <translation>Gesichtszüge</translation>
  </message>
  <message>
   <source>How far colour, light and skin vary.</source>
   <translation>Wie weit Farbe, Licht und Haut abweichen.</translation>
  </message>
  <message>
   <source>How far pose, hair style and the shape of the face vary.</source>
   <translation>Wie weit Haltung, Frisur und Form des Gesichts abweichen.</translation>
  </message>
  <message>
   <source>How far the parts of the face, expression and hair vary.</source>
   <translation>Wie weit Gesichtszüge, Ausdruck und Haare abweichen.</translation>
  </message>
  <message>
   <source>Keep the variation that was clicked, and show neighbours of the face that it made.</source>
   <translation>Die angeklickte Variation behalten und Nachbarn des neuen Gesichts zeigen.</translation>
  </message>
  <message>
   <source>Keep this face in the grid when more are shown.</source>
   <translation>Dieses Gesicht im Raster lassen, wenn weitere gezeigt werden.</translation>
  </message>
  <message>
   <source>Lock variation {}</source>
   <translation>Variation {} festhalten</translation>
  </message>
  <message>
   <source>Shape</source>
   <translation>Form</translation>
  </message>
  <message>
   <source>Show other faces in place of those that are not locked.</source>
   <translation>Andere Gesichter anstelle der nicht festgehaltenen zeigen.</translation>
  </message>
  <message>
   <source>Take &amp;back</source>
   <translation>&amp;Zurück</translation>
  </message>
  <message>
   <source>Take the variation that was clicked back.</source>
   <translation>Die angeklickte Variation zurücknehmen.</translation>
  </message>
  <message>
   <source>Variation {}</source>
   <translation>Variation {}</translation>
  </message>
  <message>
   <source>Variations</source>
   <translation>Variationen</translation>
  </message>
  <message>
   <source>Vary the face toward the random face {}.</source>
   <translation>Das Gesicht zum Zufallsgesicht {} hin verändern.</translation>
  </message>
 </context>
 <context>
  <name>WhatToDo</name>
  <message>
   <source>Add a &amp;direction</source>
   <translation>&amp;Richtung hinzufügen</translation>
  </message>
  <message>
   <source>Directions chosen here</source>
   <translation>Hier gewählte Richtungen</translation>
  </message>
  <message>
   <source>No face is open that could be an example. Open one, or choose directions.</source>
   <translation>Kein Gesicht ist geöffnet, das als Vorbild dienen könnte. Eines öffnen oder Richtungen wählen.</translation>
  </message>
  <message>
   <source>Nothing was done to the open face yet.</source>
   <translation>Am geöffneten Gesicht wurde noch nichts geändert.</translation>
  </message>
  <message>
   <source>One more thing that is to change.</source>
   <translation>Noch etwas, das sich ändern soll.</translation>
  </message>
  <message>
   <source>Other photographs cannot have: {}.</source>
   <translation>Andere Fotos können dies nicht haben: {}.</translation>
  </message>
  <message>
   <source>There are no directions for this model yet.</source>
   <translation>Für dieses Modell gibt es noch keine Richtungen.</translation>
  </message>
  <message>
   <source>What is done to every face of every photograph.</source>
   <translation>Was an jedem Gesicht jedes Fotos geändert wird.</translation>
  </message>
  <message>
   <source>What the open face has</source>
   <translation>Was das geöffnete Gesicht hat</translation>
  </message>
  <message>
   <source>What to do</source>
   <translation>Was zu tun ist</translation>
  </message>
 </context>
 <context>
  <name>_Grip</name>
  <message>
   <source>Drag to move this edit.</source>
   <translation>Ziehen, um diese Bearbeitung zu verschieben.</translation>
  </message>
 </context>
</TS>
