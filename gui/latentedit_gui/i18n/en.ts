<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
 <context>
  <name>DragPanel</name>
  <message numerus="yes">
   <source>%n points are set.</source>
   <translation>
    <numerusform>%n point is set.</numerusform>
    <numerusform>%n points are set.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Guide</name>
  <message numerus="yes">
   <source>%n faces were found. Click one.</source>
   <translation>
    <numerusform>%n face was found. Click it.</numerusform>
    <numerusform>%n faces were found. Click one.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>RecoveryDialog</name>
  <message numerus="yes">
   <source>%n project(s) with unsaved changes can be recovered.</source>
   <translation>
    <numerusform>%n project with unsaved changes can be recovered.</numerusform>
    <numerusform>%n projects with unsaved changes can be recovered.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Stage</name>
  <message numerus="yes">
   <source>%n face(s).</source>
   <translation>
    <numerusform>%n face.</numerusform>
    <numerusform>%n faces.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>TimeLeft</name>
  <message numerus="yes">
   <source>about %n minute(s) left</source>
   <translation>
    <numerusform>about %n minute left</numerusform>
    <numerusform>about %n minutes left</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>about %n second(s) left</source>
   <translation>
    <numerusform>about %n second left</numerusform>
    <numerusform>about %n seconds left</numerusform>
   </translation>
  </message>
 </context>
</TS>
