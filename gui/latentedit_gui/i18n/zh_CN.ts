<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>AboutDialog</name>
  <message>
   <source>About latentedit</source>
   <translation>关于 latentedit</translation>
  </message>
  <message>
   <source>Back to the photograph</source>
   <translation>回到照片</translation>
  </message>
  <message>
   <source>Edited faces can deceive. Edit people who agree to it, say that a picture was edited, and never use one to pass for somebody, to mock or to harm.</source>
   <translation>修改过的人脸可能误导他人。请只编辑同意被编辑的人，说明图片经过编辑，绝不要用它冒充、嘲弄或伤害他人。</translation>
  </message>
  <message>
   <source>From: {}</source>
   <translation>来源：{}</translation>
  </message>
  <message>
   <source>Honest use</source>
   <translation>诚实使用</translation>
  </message>
  <message>
   <source>Licence: {}</source>
   <translation>许可：{}</translation>
  </message>
  <message>
   <source>Licences of the program</source>
   <translation>程序的许可</translation>
  </message>
  <message>
   <source>Limits: {}</source>
   <translation>限制：{}</translation>
  </message>
  <message>
   <source>Networks and what they may be used for</source>
   <translation>所用网络及其使用限制</translation>
  </message>
  <message>
   <source>None stated.</source>
   <translation>未注明。</translation>
  </message>
  <message>
   <source>This window uses PyQt6, which is under the GPL, version 3: whoever passes on the program together with it does so under the GPL's terms. Qt 6 is under the LGPL, version 3.</source>
   <translation>此窗口使用 PyQt6，它采用 GPL 第 3 版许可：将本程序与其一同分发时须遵守 GPL 的条款。Qt 6 采用 LGPL 第 3 版许可。</translation>
  </message>
  <message>
   <source>Version {}. Open your own photograph, and its faces become sliders.</source>
   <translation>版本 {}。打开您自己的照片，用滑块调整其中的人脸。</translation>
  </message>
  <message>
   <source>latentedit is free software under the MIT licence.</source>
   <translation>latentedit 是采用 MIT 许可的自由软件。</translation>
  </message>
 </context>
 <context>
  <name>Actions</name>
  <message>
   <source>&amp;About latentedit</source>
   <translation>关于 latentedit(&amp;A)</translation>
  </message>
  <message>
   <source>&amp;Actual size</source>
   <translation>实际大小(&amp;A)</translation>
  </message>
  <message>
   <source>&amp;Before and after</source>
   <translation>修改前后对比(&amp;B)</translation>
  </message>
  <message>
   <source>&amp;Brush</source>
   <translation>画笔(&amp;B)</translation>
  </message>
  <message>
   <source>&amp;Clear what was painted</source>
   <translation>清除涂抹(&amp;C)</translation>
  </message>
  <message>
   <source>&amp;Close</source>
   <translation>关闭(&amp;C)</translation>
  </message>
  <message>
   <source>&amp;Copy picture</source>
   <translation>复制图片(&amp;C)</translation>
  </message>
  <message>
   <source>&amp;Drag points</source>
   <translation>拖动点(&amp;D)</translation>
  </message>
  <message>
   <source>&amp;Edit</source>
   <translation>编辑(&amp;E)</translation>
  </message>
  <message>
   <source>&amp;Eraser</source>
   <translation>橡皮擦(&amp;E)</translation>
  </message>
  <message>
   <source>&amp;Export…</source>
   <translation>导出(&amp;E)…</translation>
  </message>
  <message>
   <source>&amp;File</source>
   <translation>文件(&amp;F)</translation>
  </message>
  <message>
   <source>&amp;Find faces again</source>
   <translation>重新查找人脸(&amp;F)</translation>
  </message>
  <message>
   <source>&amp;Fit</source>
   <translation>适应窗口(&amp;F)</translation>
  </message>
  <message>
   <source>&amp;Hand</source>
   <translation>抓手(&amp;H)</translation>
  </message>
  <message>
   <source>&amp;Help</source>
   <translation>帮助(&amp;H)</translation>
  </message>
  <message>
   <source>&amp;Keyboard shortcuts</source>
   <translation>键盘快捷键(&amp;K)</translation>
  </message>
  <message>
   <source>&amp;Learn this face again</source>
   <translation>重新学习这张脸(&amp;L)</translation>
  </message>
  <message>
   <source>&amp;Next area</source>
   <translation>下一个区域(&amp;N)</translation>
  </message>
  <message>
   <source>&amp;Open…</source>
   <translation>打开(&amp;O)…</translation>
  </message>
  <message>
   <source>&amp;Paste picture</source>
   <translation>粘贴图片(&amp;P)</translation>
  </message>
  <message>
   <source>&amp;Quit</source>
   <translation>退出(&amp;Q)</translation>
  </message>
  <message>
   <source>&amp;Redo</source>
   <translation>重做(&amp;R)</translation>
  </message>
  <message>
   <source>&amp;Save project</source>
   <translation>保存项目(&amp;S)</translation>
  </message>
  <message>
   <source>&amp;Select</source>
   <translation>选择(&amp;S)</translation>
  </message>
  <message>
   <source>&amp;Show before</source>
   <translation>显示修改前(&amp;S)</translation>
  </message>
  <message>
   <source>&amp;Tools</source>
   <translation>工具(&amp;T)</translation>
  </message>
  <message>
   <source>&amp;Undo</source>
   <translation>撤销(&amp;U)</translation>
  </message>
  <message>
   <source>&amp;View</source>
   <translation>视图(&amp;V)</translation>
  </message>
  <message>
   <source>&amp;Zoom to face</source>
   <translation>放大到人脸(&amp;Z)</translation>
  </message>
  <message>
   <source>All keys, to search</source>
   <translation>查找所有按键</translation>
  </message>
  <message>
   <source>Before on the left of a line, after on its right</source>
   <translation>分界线左侧为修改前，右侧为修改后</translation>
  </message>
  <message>
   <source>Bring the keyboard to the next panel, or the photograph</source>
   <translation>把键盘焦点移到下一个面板或照片</translation>
  </message>
  <message>
   <source>Bring the keyboard to the panel before, or the photograph</source>
   <translation>把键盘焦点移到上一个面板或照片</translation>
  </message>
  <message>
   <source>Click a face to edit it</source>
   <translation>点击人脸即可编辑</translation>
  </message>
  <message>
   <source>Close the photograph</source>
   <translation>关闭照片</translation>
  </message>
  <message>
   <source>Copy the edited photograph to the clipboard</source>
   <translation>将编辑后的照片复制到剪贴板</translation>
  </message>
  <message>
   <source>Do again what was taken back</source>
   <translation>重做刚才撤销的操作</translation>
  </message>
  <message>
   <source>End latentedit</source>
   <translation>退出 latentedit</translation>
  </message>
  <message>
   <source>Forget the faces and their edits, and look for them anew</source>
   <translation>忘掉已找到的人脸及其编辑，重新查找</translation>
  </message>
  <message>
   <source>Language, look, how faces are learnt</source>
   <translation>语言、外观、人脸学习方式</translation>
  </message>
  <message>
   <source>Let the whole face change again</source>
   <translation>重新允许改变整张脸</translation>
  </message>
  <message>
   <source>Look for the face anew; its edits stay</source>
   <translation>重新学习这张脸；已做的编辑会保留</translation>
  </message>
  <message>
   <source>Move the photograph</source>
   <translation>移动照片</translation>
  </message>
  <message>
   <source>One pixel of the photograph on one of the screen</source>
   <translation>照片的一个像素对应屏幕的一个像素</translation>
  </message>
  <message>
   <source>Open a photograph or a project</source>
   <translation>打开照片或项目</translation>
  </message>
  <message>
   <source>Open the picture that is on the clipboard</source>
   <translation>打开剪贴板中的图片</translation>
  </message>
  <message>
   <source>Out&amp;lines of faces</source>
   <translation>人脸轮廓(&amp;L)</translation>
  </message>
  <message>
   <source>P&amp;revious area</source>
   <translation>上一个区域(&amp;R)</translation>
  </message>
  <message>
   <source>Paint where the face may change</source>
   <translation>涂抹允许改变的面部区域</translation>
  </message>
  <message>
   <source>Pr&amp;eferences…</source>
   <translation>首选项(&amp;E)…</translation>
  </message>
  <message>
   <source>Pull a point of the face somewhere else</source>
   <translation>将面部的一个点拖到别处</translation>
  </message>
  <message>
   <source>Reset &amp;face</source>
   <translation>重置人脸(&amp;F)</translation>
  </message>
  <message>
   <source>Save project &amp;as…</source>
   <translation>项目另存为(&amp;A)…</translation>
  </message>
  <message>
   <source>Save the photograph with all edits, to go on later</source>
   <translation>保存照片和所有编辑，以便以后继续</translation>
  </message>
  <message>
   <source>Save the project under another name</source>
   <translation>以其他名称保存项目</translation>
  </message>
  <message>
   <source>See it larger</source>
   <translation>放大显示</translation>
  </message>
  <message>
   <source>See more of it</source>
   <translation>缩小，看到更多</translation>
  </message>
  <message>
   <source>See the chosen face as large as fits</source>
   <translation>尽可能大地显示所选人脸</translation>
  </message>
  <message>
   <source>See the whole photograph</source>
   <translation>显示整张照片</translation>
  </message>
  <message>
   <source>Show where the faces are</source>
   <translation>显示人脸的位置</translation>
  </message>
  <message>
   <source>Take away from what was painted</source>
   <translation>擦除部分涂抹</translation>
  </message>
  <message>
   <source>Take back everything that was done to this face</source>
   <translation>撤销对这张脸的所有编辑</translation>
  </message>
  <message>
   <source>Take the last change back</source>
   <translation>撤销上一步更改</translation>
  </message>
  <message>
   <source>The photograph as it was</source>
   <translation>照片原来的样子</translation>
  </message>
  <message>
   <source>Version, licences, and what the weights may be used for</source>
   <translation>版本、许可以及网络的使用限制</translation>
  </message>
  <message>
   <source>Write the edited photograph as a picture</source>
   <translation>将编辑后的照片写成图片文件</translation>
  </message>
  <message>
   <source>Zoom &amp;in</source>
   <translation>放大(&amp;I)</translation>
  </message>
  <message>
   <source>Zoom &amp;out</source>
   <translation>缩小(&amp;O)</translation>
  </message>
 </context>
 <context>
  <name>AmountSlider</name>
  <message>
   <source>Reset {}</source>
   <translation>重置“{}”</translation>
  </message>
  <message>
   <source>Take this back to {}.</source>
   <translation>恢复为 {}。</translation>
  </message>
  <message>
   <source>This is beyond {} to {}: the face may fall apart.</source>
   <translation>超出了 {} 到 {} 的范围：人脸可能会变形。</translation>
  </message>
  <message>
   <source>{}, as a number</source>
   <translation>{}，数值</translation>
  </message>
 </context>
 <context>
  <name>AreaEditor</name>
  <message>
   <source>&amp;Where:</source>
   <translation>位置(&amp;W)：</translation>
  </message>
  <message>
   <source>Everything but that</source>
   <translation>除此之外的部分</translation>
  </message>
  <message>
   <source>How softly it ends.</source>
   <translation>边缘过渡的柔和程度。</translation>
  </message>
  <message>
   <source>Soft &amp;edge:</source>
   <translation>羽化边缘(&amp;E)：</translation>
  </message>
  <message>
   <source>The part of the face that this is confined to.</source>
   <translation>只在面部的这一部分起作用。</translation>
  </message>
  <message>
   <source>Turn it round: everywhere in the face's square, only not there.</source>
   <translation>反转：在人脸方框内除该处之外的所有地方起作用。</translation>
  </message>
  <message>
   <source>{} %</source>
   <translation>{}%</translation>
  </message>
  <message>
   <source>{}: soft edge</source>
   <translation>{}：羽化边缘</translation>
  </message>
  <message>
   <source>{}: where</source>
   <translation>{}：位置</translation>
  </message>
 </context>
 <context>
  <name>AttributeRow</name>
  <message>
   <source>&amp;Favourite</source>
   <translation>收藏(&amp;F)</translation>
  </message>
  <message>
   <source>&amp;On</source>
   <translation>启用(&amp;O)</translation>
  </message>
  <message>
   <source>&amp;Reset</source>
   <translation>重置(&amp;R)</translation>
  </message>
  <message>
   <source>&amp;Where and which layers</source>
   <translation>位置和层(&amp;W)</translation>
  </message>
  <message>
   <source>(1 is as much as faces usually differ.)</source>
   <translation>（1 相当于人脸之间通常的差异程度。）</translation>
  </message>
  <message>
   <source>Changes only this part of the face: {}.</source>
   <translation>只改变面部的这一部分：{}。</translation>
  </message>
  <message>
   <source>Make {} a favourite</source>
   <translation>收藏“{}”</translation>
  </message>
  <message>
   <source>More about {}</source>
   <translation>“{}”的更多选项</translation>
  </message>
  <message>
   <source>Over its whole range it also changes: {}.</source>
   <translation>在整个范围内还会改变：{}。</translation>
  </message>
  <message>
   <source>Range: {} to {}; larger numbers can be typed.</source>
   <translation>范围：{} 到 {}；可以输入更大的数值。</translation>
  </message>
  <message>
   <source>Re&amp;move from the edits</source>
   <translation>从编辑中移除(&amp;M)</translation>
  </message>
  <message>
   <source>Remove {} from the favourites</source>
   <translation>取消收藏“{}”</translation>
  </message>
  <message>
   <source>Where in the face, which layers, on and off.</source>
   <translation>面部位置、所用的层、启用或停用。</translation>
  </message>
 </context>
 <context>
  <name>AttributesPanel</name>
  <message>
   <source>&amp;All</source>
   <translation>全部(&amp;A)</translation>
  </message>
  <message>
   <source>&amp;Changed</source>
   <translation>已更改(&amp;C)</translation>
  </message>
  <message>
   <source>Attributes</source>
   <translation>属性</translation>
  </message>
  <message>
   <source>Favo&amp;urites</source>
   <translation>收藏(&amp;U)</translation>
  </message>
  <message>
   <source>Find an attribute</source>
   <translation>查找属性</translation>
  </message>
  <message>
   <source>Give an attribute a star to find it here.</source>
   <translation>给属性加上星标，就能在这里找到它。</translation>
  </message>
  <message>
   <source>No attribute changes this face yet.</source>
   <translation>还没有属性改变这张脸。</translation>
  </message>
  <message>
   <source>Nothing is called “{}”.</source>
   <translation>没有名为“{}”的属性。</translation>
  </message>
  <message>
   <source>Nothing is painted over this face yet.</source>
   <translation>这张脸上还没有涂抹。</translation>
  </message>
  <message>
   <source>Reset all attributes</source>
   <translation>重置所有属性</translation>
  </message>
  <message>
   <source>Show all attributes.</source>
   <translation>显示所有属性。</translation>
  </message>
  <message>
   <source>Show the attributes that change this face.</source>
   <translation>显示改变了这张脸的属性。</translation>
  </message>
  <message>
   <source>Show the attributes with a star.</source>
   <translation>显示带星标的属性。</translation>
  </message>
  <message>
   <source>Take back all attributes of this face.</source>
   <translation>撤销这张脸的所有属性更改。</translation>
  </message>
  <message>
   <source>Take the brush, and paint where it may change.</source>
   <translation>请用画笔涂抹允许改变的部分。</translation>
  </message>
  <message>
   <source>There are no attributes for what draws this photograph yet. Discover some, or import them.</source>
   <translation>绘制这张照片的模型没有可用的属性。可以去发现一些，或者导入。</translation>
  </message>
 </context>
 <context>
  <name>AxisRow</name>
  <message>
   <source>It tells {share} of other faces rightly.</source>
   <translation>它能正确区分 {share} 的其他人脸。</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>保留</translation>
  </message>
  <message>
   <source>Keep and use</source>
   <translation>保留并使用</translation>
  </message>
  <message>
   <source>Keep it among your own directions: it is a slider from now on, in every project.</source>
   <translation>存入自己的方向：从此在每个项目中都是一个滑块。</translation>
  </message>
  <message>
   <source>Keep it, and put it on the face that is open.</source>
   <translation>保留，并用在当前打开的人脸上。</translation>
  </message>
  <message>
   <source>Kept</source>
   <translation>已保留</translation>
  </message>
  <message>
   <source>Name of the direction</source>
   <translation>方向的名称</translation>
  </message>
  <message>
   <source>Only {share} of the faces are told from the others. Sort more that differ in this alone.</source>
   <translation>只有 {share} 的人脸能被区分开。请再分一些仅在这一点上不同的人脸。</translation>
  </message>
  <message>
   <source>The face at {}</source>
   <translation>{} 时的人脸</translation>
  </message>
  <message>
   <source>What the slider will be called.</source>
   <translation>滑块将使用的名称。</translation>
  </message>
  <message>
   <source>what does it do?</source>
   <translation>它有什么作用？</translation>
  </message>
  <message>
   <source>{share} of the sorted faces are told apart by it.</source>
   <translation>它能区分 {share} 的已分组人脸。</translation>
  </message>
 </context>
 <context>
  <name>Bands</name>
  <message>
   <source>Coarse</source>
   <translation>粗略</translation>
  </message>
  <message>
   <source>Colour, light and skin</source>
   <translation>颜色、光线和皮肤</translation>
  </message>
  <message>
   <source>Fine</source>
   <translation>精细</translation>
  </message>
  <message>
   <source>How much of the layers that are marked comes from the second face.</source>
   <translation>所选的层有多少取自第二张脸。</translation>
  </message>
  <message>
   <source>How much of this comes from the second face: {}.</source>
   <translation>这部分有多少取自第二张脸：{}。</translation>
  </message>
  <message>
   <source>Layer by layer</source>
   <translation>逐层调整</translation>
  </message>
  <message>
   <source>Middle</source>
   <translation>中等</translation>
  </message>
  <message>
   <source>Pose, hair style and the shape of the face</source>
   <translation>姿态、发型和脸形</translation>
  </message>
  <message>
   <source>Take this from the second face, or give it back: {}.</source>
   <translation>从第二张脸取用这部分，或者还原：{}。</translation>
  </message>
  <message>
   <source>The parts of the face, expression and hair</source>
   <translation>五官、表情和头发</translation>
  </message>
  <message>
   <source>These layers</source>
   <translation>所选的层</translation>
  </message>
  <message>
   <source>{} from the second face</source>
   <translation>取自第二张脸：{}</translation>
  </message>
 </context>
 <context>
  <name>BatchPanel</name>
  <message>
   <source>&amp;Cancel</source>
   <translation>取消(&amp;C)</translation>
  </message>
  <message>
   <source>&amp;Kind:</source>
   <translation>类型(&amp;K)：</translation>
  </message>
  <message>
   <source>&amp;Start</source>
   <translation>开始(&amp;S)</translation>
  </message>
  <message>
   <source>Add photographs first.</source>
   <translation>请先添加照片。</translation>
  </message>
  <message>
   <source>All faces</source>
   <translation>所有人脸</translation>
  </message>
  <message>
   <source>All photographs</source>
   <translation>所有照片</translation>
  </message>
  <message>
   <source>As each photograph</source>
   <translation>与原照片相同</translation>
  </message>
  <message>
   <source>Batch</source>
   <translation>批处理</translation>
  </message>
  <message>
   <source>Begin. You can go on with other things meanwhile.</source>
   <translation>开始处理。期间可以继续做其他事。</translation>
  </message>
  <message>
   <source>Choose a folder for the results.</source>
   <translation>请选择保存结果的文件夹。</translation>
  </message>
  <message>
   <source>Choose the folder for the results</source>
   <translation>选择保存结果的文件夹</translation>
  </message>
  <message>
   <source>Choose the folder.</source>
   <translation>选择文件夹。</translation>
  </message>
  <message>
   <source>Do only what is missing, failed, or was made otherwise.</source>
   <translation>只处理缺少的、失败的或当初以不同方式处理的。</translation>
  </message>
  <message>
   <source>F&amp;aces:</source>
   <translation>人脸(&amp;A)：</translation>
  </message>
  <message>
   <source>Fo&amp;lder:</source>
   <translation>文件夹(&amp;L)：</translation>
  </message>
  <message>
   <source>Folder for the results</source>
   <translation>保存结果的文件夹</translation>
  </message>
  <message>
   <source>Folders in folders, too</source>
   <translation>包括子文件夹</translation>
  </message>
  <message>
   <source>Go on where an earlier run stopped</source>
   <translation>从上次停下的地方继续</translation>
  </message>
  <message>
   <source>Keep a project beside each result</source>
   <translation>为每个结果保留一个项目</translation>
  </message>
  <message>
   <source>Look for photographs in the folders' own folders as well.</source>
   <translation>在子文件夹中也查找照片。</translation>
  </message>
  <message>
   <source>Looking for photographs</source>
   <translation>正在查找照片</translation>
  </message>
  <message>
   <source>Open the photograph that was written; its project, where one is kept.</source>
   <translation>打开生成的照片；如保留了项目，则打开项目。</translation>
  </message>
  <message>
   <source>Open the resul&amp;t</source>
   <translation>打开结果(&amp;T)</translation>
  </message>
  <message>
   <source>Photographs</source>
   <translation>照片</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>结果</translation>
  </message>
  <message>
   <source>Say what is to be done.</source>
   <translation>请指定要做什么。</translation>
  </message>
  <message>
   <source>So that you can go on with any of them by hand.</source>
   <translation>这样以后可以手动继续编辑其中任何一张。</translation>
  </message>
  <message>
   <source>Stop; what is done is kept, and can be gone on with.</source>
   <translation>停止；已完成的会保留，以后可以继续。</translation>
  </message>
  <message>
   <source>Stopped. {summary} Start goes on.</source>
   <translation>已停止。{summary}点击“开始”可继续。</translation>
  </message>
  <message>
   <source>The largest face</source>
   <translation>最大的人脸</translation>
  </message>
  <message>
   <source>The photograph that is worked on</source>
   <translation>正在处理的照片</translation>
  </message>
  <message>
   <source>What kind of files the results are.</source>
   <translation>结果的文件类型。</translation>
  </message>
  <message>
   <source>What to do</source>
   <translation>要做什么</translation>
  </message>
  <message>
   <source>Where the results go: a folder that is new or empty.</source>
   <translation>结果的保存位置：一个新建或空的文件夹。</translation>
  </message>
  <message>
   <source>Which faces of each photograph are changed.</source>
   <translation>改变每张照片中的哪些人脸。</translation>
  </message>
  <message>
   <source>a new folder</source>
   <translation>新文件夹</translation>
  </message>
  <message>
   <source>{done} done, {failed} failed.</source>
   <translation>完成 {done} 张，失败 {failed} 张。</translation>
  </message>
  <message>
   <source>{done} done.</source>
   <translation>完成 {done} 张。</translation>
  </message>
  <message>
   <source>{done} of {all} photographs</source>
   <translation>{done} / {all} 张照片</translation>
  </message>
 </context>
 <context>
  <name>BatchTable</name>
  <message>
   <source>Double-click a line, or press Enter, to open its result.</source>
   <translation>双击一行或按回车键，可打开其结果。</translation>
  </message>
  <message>
   <source>Faces</source>
   <translation>人脸</translation>
  </message>
  <message>
   <source>Message</source>
   <translation>消息</translation>
  </message>
  <message>
   <source>Photograph</source>
   <translation>照片</translation>
  </message>
  <message>
   <source>State</source>
   <translation>状态</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>用时</translation>
  </message>
  <message>
   <source>What became of each photograph</source>
   <translation>每张照片的处理情况</translation>
  </message>
  <message>
   <source>begun</source>
   <translation>已开始</translation>
  </message>
  <message>
   <source>done</source>
   <translation>完成</translation>
  </message>
  <message>
   <source>done before</source>
   <translation>先前已完成</translation>
  </message>
  <message>
   <source>drawing</source>
   <translation>正在绘制</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>失败</translation>
  </message>
  <message>
   <source>finding faces</source>
   <translation>正在查找人脸</translation>
  </message>
  <message>
   <source>learning</source>
   <translation>正在学习</translation>
  </message>
  <message>
   <source>learning face {} of {}</source>
   <translation>正在学习第 {} 张脸，共 {} 张</translation>
  </message>
  <message>
   <source>measuring</source>
   <translation>正在测量</translation>
  </message>
  <message>
   <source>reading</source>
   <translation>正在读取</translation>
  </message>
  <message>
   <source>stopped</source>
   <translation>已停止</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>等待中</translation>
  </message>
  <message>
   <source>writing</source>
   <translation>正在写入</translation>
  </message>
  <message>
   <source>{} s</source>
   <translation>{} 秒</translation>
  </message>
 </context>
 <context>
  <name>Blend</name>
  <message>
   <source>Blend whole faces</source>
   <translation>混合整张脸</translation>
  </message>
  <message>
   <source>How much {} counts in the blend.</source>
   <translation>“{}”在混合中所占的比重。</translation>
  </message>
  <message>
   <source>The face itself counts as 1; with another at 1 they are even.</source>
   <translation>这张脸本身计为 1；另一张脸设为 1 时，两者各占一半。</translation>
  </message>
 </context>
 <context>
  <name>Canvas</name>
  <message>
   <source>After</source>
   <translation>修改后</translation>
  </message>
  <message>
   <source>Before</source>
   <translation>修改前</translation>
  </message>
  <message>
   <source>Drop a photograph here</source>
   <translation>将照片拖放到此处</translation>
  </message>
  <message>
   <source>Page Up and Page Down choose a face, plus and minus zoom, arrow keys move the photograph.</source>
   <translation>Page Up 和 Page Down 选择人脸，加号和减号缩放，方向键移动照片。</translation>
  </message>
  <message>
   <source>Photograph</source>
   <translation>照片</translation>
  </message>
 </context>
 <context>
  <name>Card</name>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Stop this; nothing is changed</source>
   <translation>停止；不会改变任何内容</translation>
  </message>
 </context>
 <context>
  <name>CatalogueWords</name>
  <message>
   <source>Compares pictures the way eyes do, closely</source>
   <translation>像人眼一样比较图片（精细）</translation>
  </message>
  <message>
   <source>Compares pictures the way eyes do, quickly</source>
   <translation>像人眼一样比较图片（快速）</translation>
  </message>
  <message>
   <source>Draws faces</source>
   <translation>绘制人脸</translation>
  </message>
  <message>
   <source>Finds eyes, nose and mouth</source>
   <translation>找到眼睛、鼻子和嘴</translation>
  </message>
  <message>
   <source>Finds faces that are hard to see</source>
   <translation>找到不易辨认的人脸</translation>
  </message>
  <message>
   <source>Helps to find the directions of age and gender</source>
   <translation>帮助找到年龄和性别的调整方向</translation>
  </message>
  <message>
   <source>Its backbone was trained on ImageNet, whose photographs are for non-commercial research.</source>
   <translation>其主干网络用 ImageNet 训练，其中的照片仅供非商业研究使用。</translation>
  </message>
  <message>
   <source>Keeps a face looking like the person</source>
   <translation>让人脸始终像本人</translation>
  </message>
  <message>
   <source>Learnt from NVIDIA's StyleGAN2, which was trained on the FFHQ photographs; those are for non-commercial use.</source>
   <translation>源自 NVIDIA 的 StyleGAN2，后者用 FFHQ 照片训练；这些照片仅供非商业使用。</translation>
  </message>
  <message>
   <source>None stated. It compares faces: keep to the law where you are.</source>
   <translation>未注明。它会比对人脸：请遵守您所在地的法律。</translation>
  </message>
  <message>
   <source>Repeats the biases of its training photographs: for finding directions, not for judging people.</source>
   <translation>会重复训练照片中的偏见：用于寻找调整方向，不可用来评判他人。</translation>
  </message>
  <message>
   <source>Trained on the iBUG 300-W photographs, which are for non-commercial use.</source>
   <translation>用 iBUG 300-W 照片训练，这些照片仅供非商业使用。</translation>
  </message>
 </context>
 <context>
  <name>CloseUpPanel</name>
  <message>
   <source>&amp;Behind a line</source>
   <translation>分界线对比(&amp;B)</translation>
  </message>
  <message>
   <source>Before and after in one place, with a line between them that can be moved</source>
   <translation>修改前后显示在同一处，中间的分界线可以移动</translation>
  </message>
  <message>
   <source>Close-up</source>
   <translation>特写</translation>
  </message>
 </context>
 <context>
  <name>CollapsibleGroup</name>
  <message>
   <source>Show or fold away “{}”.</source>
   <translation>展开或折叠“{}”。</translation>
  </message>
 </context>
 <context>
  <name>CompositingBox</name>
  <message>
   <source>&amp;Advanced</source>
   <translation>高级(&amp;A)</translation>
  </message>
  <message>
   <source>&amp;Grain:</source>
   <translation>颗粒(&amp;G)：</translation>
  </message>
  <message>
   <source>&amp;Own features:</source>
   <translation>个人特征(&amp;O)：</translation>
  </message>
  <message>
   <source>Back into the photograph</source>
   <translation>放回照片</translation>
  </message>
  <message>
   <source>How much this face is itself: 100 % as it was learnt, less makes it more like the average face, more exaggerates it.</source>
   <translation>保留多少本人的特征：100 % 即学到的样子，减少则趋向平均脸，增加则更夸张。</translation>
  </message>
  <message>
   <source>How the face goes back into the photograph</source>
   <translation>人脸如何放回照片</translation>
  </message>
  <message>
   <source>Keep the photograph's texture: only what changed is taken from the drawing. Blend: the drawing, in the photograph's light. Replace: the drawing as it is.</source>
   <translation>保留照片纹理：只取用绘制图像中改变的部分。融入：绘制图像采用照片的光线。替换：直接使用绘制的图像。</translation>
  </message>
  <message>
   <source>Own features</source>
   <translation>个人特征</translation>
  </message>
  <message>
   <source>Show what few people ever change.</source>
   <translation>显示很少需要更改的选项。</translation>
  </message>
  <message>
   <source>The grain of hair and skin that the drawing has besides what was learnt of the face.</source>
   <translation>除了学到的面部之外，绘制图像中头发和皮肤的颗粒感。</translation>
  </message>
  <message>
   <source>Where the head is</source>
   <translation>头部所在的位置</translation>
  </message>
  <message>
   <source>{} %</source>
   <translation>{}%</translation>
  </message>
 </context>
 <context>
  <name>DirectionRow</name>
  <message>
   <source>Amount</source>
   <translation>强度</translation>
  </message>
  <message>
   <source>Direction</source>
   <translation>方向</translation>
  </message>
  <message>
   <source>How much. From {low} to {high} faces bear it well.</source>
   <translation>改变多少。从 {low} 到 {high} 效果良好。</translation>
  </message>
  <message>
   <source>Remove this line</source>
   <translation>移除此行</translation>
  </message>
  <message>
   <source>Remove this line.</source>
   <translation>移除此行。</translation>
  </message>
  <message>
   <source>What is to change.</source>
   <translation>要改变什么。</translation>
  </message>
 </context>
 <context>
  <name>DirectionWords</name>
  <message>
   <source>Age</source>
   <translation>年龄</translation>
  </message>
  <message>
   <source>Age and gender</source>
   <translation>年龄和性别</translation>
  </message>
  <message>
   <source>Beard</source>
   <translation>胡须</translation>
  </message>
  <message>
   <source>Brow darkness</source>
   <translation>眉毛浓淡</translation>
  </message>
  <message>
   <source>Brow thickness</source>
   <translation>眉毛粗细</translation>
  </message>
  <message>
   <source>Brow tilt</source>
   <translation>眉毛倾斜</translation>
  </message>
  <message>
   <source>Brows raised</source>
   <translation>扬眉</translation>
  </message>
  <message>
   <source>Chin length</source>
   <translation>下巴长度</translation>
  </message>
  <message>
   <source>Colourful background</source>
   <translation>背景更鲜艳</translation>
  </message>
  <message>
   <source>Colourful hair</source>
   <translation>头发更鲜艳</translation>
  </message>
  <message>
   <source>Colourful skin</source>
   <translation>肤色更鲜艳</translation>
  </message>
  <message>
   <source>Expression</source>
   <translation>表情</translation>
  </message>
  <message>
   <source>Eye distance</source>
   <translation>双眼间距</translation>
  </message>
  <message>
   <source>Eye size</source>
   <translation>眼睛大小</translation>
  </message>
  <message>
   <source>Eyes and brows</source>
   <translation>眼睛和眉毛</translation>
  </message>
  <message>
   <source>Eyes open</source>
   <translation>睁眼</translation>
  </message>
  <message>
   <source>Face width</source>
   <translation>脸宽</translation>
  </message>
  <message>
   <source>Fringe</source>
   <translation>刘海</translation>
  </message>
  <message>
   <source>Fuller lips</source>
   <translation>嘴唇更丰满</translation>
  </message>
  <message>
   <source>Gaze</source>
   <translation>视线</translation>
  </message>
  <message>
   <source>Glasses</source>
   <translation>眼镜</translation>
  </message>
  <message>
   <source>Hair and beard</source>
   <translation>头发和胡须</translation>
  </message>
  <message>
   <source>Hair length</source>
   <translation>头发长度</translation>
  </message>
  <message>
   <source>Hair volume</source>
   <translation>发量</translation>
  </message>
  <message>
   <source>Harder light</source>
   <translation>光线更硬</translation>
  </message>
  <message>
   <source>Jaw width</source>
   <translation>下颌宽度</translation>
  </message>
  <message>
   <source>Light and background</source>
   <translation>光线和背景</translation>
  </message>
  <message>
   <source>Light from right</source>
   <translation>右侧光</translation>
  </message>
  <message>
   <source>Lighter background</source>
   <translation>背景更亮</translation>
  </message>
  <message>
   <source>Lighter hair</source>
   <translation>发色更浅</translation>
  </message>
  <message>
   <source>Lighter skin</source>
   <translation>肤色更浅</translation>
  </message>
  <message>
   <source>Look up</source>
   <translation>抬头</translation>
  </message>
  <message>
   <source>Masculine</source>
   <translation>男性化</translation>
  </message>
  <message>
   <source>Mouth height</source>
   <translation>嘴部高度</translation>
  </message>
  <message>
   <source>Mouth open</source>
   <translation>张嘴</translation>
  </message>
  <message>
   <source>Mouth width</source>
   <translation>嘴宽</translation>
  </message>
  <message>
   <source>Nose length</source>
   <translation>鼻子长度</translation>
  </message>
  <message>
   <source>Nose width</source>
   <translation>鼻子宽度</translation>
  </message>
  <message>
   <source>Others</source>
   <translation>其他</translation>
  </message>
  <message>
   <source>Pose</source>
   <translation>姿态</translation>
  </message>
  <message>
   <source>Redder background</source>
   <translation>背景更红</translation>
  </message>
  <message>
   <source>Redder hair</source>
   <translation>发色更红</translation>
  </message>
  <message>
   <source>Redder lips</source>
   <translation>嘴唇更红</translation>
  </message>
  <message>
   <source>Redder skin</source>
   <translation>肤色更红</translation>
  </message>
  <message>
   <source>Shape of the face</source>
   <translation>脸形</translation>
  </message>
  <message>
   <source>Skin and lips</source>
   <translation>皮肤和嘴唇</translation>
  </message>
  <message>
   <source>Smile</source>
   <translation>微笑</translation>
  </message>
  <message>
   <source>Teeth</source>
   <translation>牙齿</translation>
  </message>
  <message>
   <source>The eyes look toward that side of the picture.</source>
   <translation>眼睛看向画面的这一侧。</translation>
  </message>
  <message>
   <source>The head turns toward that side of the picture.</source>
   <translation>头转向画面的这一侧。</translation>
  </message>
  <message>
   <source>The light comes from that side of the picture.</source>
   <translation>光线来自画面的这一侧。</translation>
  </message>
  <message>
   <source>Tilt</source>
   <translation>侧倾</translation>
  </message>
  <message>
   <source>To the right a beard, or a darker lower face; to the left less of it.</source>
   <translation>向右：出现胡须或脸的下部变暗；向左：减少。</translation>
  </message>
  <message>
   <source>To the right the brows rise, to the left they sink.</source>
   <translation>向右眉毛上扬，向左下沉。</translation>
  </message>
  <message>
   <source>To the right the chin is longer, to the left shorter.</source>
   <translation>向右下巴变长，向左变短。</translation>
  </message>
  <message>
   <source>To the right the eyes are larger, to the left smaller.</source>
   <translation>向右眼睛变大，向左变小。</translation>
  </message>
  <message>
   <source>To the right the eyes open, to the left they close.</source>
   <translation>向右睁眼，向左闭眼。</translation>
  </message>
  <message>
   <source>To the right the face is older, to the left younger.</source>
   <translation>向右变老，向左变年轻。</translation>
  </message>
  <message>
   <source>To the right the face is wider and shorter, to the left narrower and longer.</source>
   <translation>向右脸变宽变短，向左变窄变长。</translation>
  </message>
  <message>
   <source>To the right the face looks more male, to the left more female.</source>
   <translation>向右更男性化，向左更女性化。</translation>
  </message>
  <message>
   <source>To the right the face smiles more, to the left less.</source>
   <translation>向右笑容增加，向左减少。</translation>
  </message>
  <message>
   <source>To the right the hair is lighter, to the left darker.</source>
   <translation>向右发色变浅，向左变深。</translation>
  </message>
  <message>
   <source>To the right the hair is redder, to the left less red.</source>
   <translation>向右发色更红，向左减少红色。</translation>
  </message>
  <message>
   <source>To the right the head looks up, to the left down.</source>
   <translation>向右抬头，向左低头。</translation>
  </message>
  <message>
   <source>To the right the jaw is wider, to the left narrower.</source>
   <translation>向右下颌变宽，向左变窄。</translation>
  </message>
  <message>
   <source>To the right the lips are fuller, to the left thinner.</source>
   <translation>向右嘴唇变厚，向左变薄。</translation>
  </message>
  <message>
   <source>To the right the lips are redder, to the left paler.</source>
   <translation>向右嘴唇更红，向左更淡。</translation>
  </message>
  <message>
   <source>To the right the mouth opens, to the left it closes.</source>
   <translation>向右张嘴，向左闭嘴。</translation>
  </message>
  <message>
   <source>To the right the nose is longer, to the left shorter.</source>
   <translation>向右鼻子变长，向左变短。</translation>
  </message>
  <message>
   <source>To the right the nose is wider, to the left narrower.</source>
   <translation>向右鼻子变宽，向左变窄。</translation>
  </message>
  <message>
   <source>To the right the skin is lighter, to the left darker.</source>
   <translation>向右肤色变浅，向左变深。</translation>
  </message>
  <message>
   <source>To the right the skin is redder, to the left greener.</source>
   <translation>向右肤色偏红，向左偏绿。</translation>
  </message>
  <message>
   <source>To the right the skin is yellower, to the left bluer.</source>
   <translation>向右肤色偏黄，向左偏蓝。</translation>
  </message>
  <message>
   <source>Turn</source>
   <translation>转头</translation>
  </message>
  <message>
   <source>Warmer background</source>
   <translation>背景更暖</translation>
  </message>
  <message>
   <source>Warmer hair</source>
   <translation>发色更暖</translation>
  </message>
  <message>
   <source>Warmer skin</source>
   <translation>肤色更暖</translation>
  </message>
  <message>
   <source>Your own</source>
   <translation>自定义</translation>
  </message>
 </context>
 <context>
  <name>DiscoverPanel</name>
  <message>
   <source>Discover</source>
   <translation>发现</translation>
  </message>
  <message>
   <source>Let the program find what can change.</source>
   <translation>让程序寻找可以改变的内容。</translation>
  </message>
  <message>
   <source>S&amp;earch</source>
   <translation>搜索(&amp;E)</translation>
  </message>
  <message>
   <source>S&amp;ort faces</source>
   <translation>人脸分组(&amp;O)</translation>
  </message>
  <message>
   <source>Show with examples what a slider is to do.</source>
   <translation>用示例说明滑块应有的作用。</translation>
  </message>
  <message>
   <source>The model {} is not on this computer yet. It is fetched when the first face of a photograph is learnt.</source>
   <translation>模型 {} 还不在这台电脑上。第一次学习照片中的人脸时会下载它。</translation>
  </message>
 </context>
 <context>
  <name>DragPanel</name>
  <message numerus="yes">
   <source>%n points are set.</source>
   <translation>
    <numerusform>已设置 %n 个点。</numerusform>
   </translation>
  </message>
  <message>
   <source>&amp;Clear</source>
   <translation>清除(&amp;C)</translation>
  </message>
  <message>
   <source>&amp;Drag</source>
   <translation>拖动(&amp;D)</translation>
  </message>
  <message>
   <source>&amp;Keep this</source>
   <translation>保留结果(&amp;K)</translation>
  </message>
  <message>
   <source>&amp;Set points</source>
   <translation>设置点(&amp;S)</translation>
  </message>
  <message>
   <source>As far as it would go. Fewer kept parts, or a shorter way, may help.</source>
   <translation>只能拖到这里。减少保持不变的部分，或缩短距离，可能会有帮助。</translation>
  </message>
  <message>
   <source>C&amp;ancel</source>
   <translation>取消(&amp;A)</translation>
  </message>
  <message>
   <source>Click a place of the face, then the place where it is to go</source>
   <translation>点击面部的一处，再点击它要移到的位置</translation>
  </message>
  <message>
   <source>Done.</source>
   <translation>完成。</translation>
  </message>
  <message>
   <source>Drag</source>
   <translation>拖动</translation>
  </message>
  <message>
   <source>Keep as it is</source>
   <translation>保持不变</translation>
  </message>
  <message>
   <source>Kept.</source>
   <translation>已保留。</translation>
  </message>
  <message>
   <source>No point is set yet.</source>
   <translation>还没有设置点。</translation>
  </message>
  <message>
   <source>One point is set.</source>
   <translation>已设置一个点。</translation>
  </message>
  <message>
   <source>Progress of the drag</source>
   <translation>拖动的进度</translation>
  </message>
  <message>
   <source>Pull a point of the face somewhere else, and the rest follows: a corner of the mouth, a brow, the chin.</source>
   <translation>将面部的一个点拖到别处，其余部分会随之移动：嘴角、眉毛、下巴。</translation>
  </message>
  <message>
   <source>Pull every point to where its arrow ends</source>
   <translation>将每个点拖到箭头末端</translation>
  </message>
  <message>
   <source>Remove all points</source>
   <translation>移除所有点</translation>
  </message>
  <message>
   <source>Stop here, and keep what has been reached</source>
   <translation>在此停止，保留目前的结果</translation>
  </message>
  <message>
   <source>Stop, and leave the face as it was</source>
   <translation>停止，人脸保持原样</translation>
  </message>
  <message>
   <source>This part of the face is not to change while points are dragged</source>
   <translation>拖动点时，面部的这一部分不应改变</translation>
  </message>
  <message>
   <source>{} pixels of the photograph to go</source>
   <translation>还差照片中的 {} 个像素</translation>
  </message>
 </context>
 <context>
  <name>EditRow</name>
  <message>
   <source>Click to choose it. Alt and the arrow keys move it, the space bar switches it off and on, Delete removes it.</source>
   <translation>点击可选中。Alt 加方向键移动，空格键停用或启用，Delete 键移除。</translation>
  </message>
  <message>
   <source>Move {}</source>
   <translation>移动“{}”</translation>
  </message>
  <message>
   <source>Remove this edit.</source>
   <translation>移除这项编辑。</translation>
  </message>
  <message>
   <source>Remove {}</source>
   <translation>移除“{}”</translation>
  </message>
  <message>
   <source>Show {}</source>
   <translation>显示“{}”</translation>
  </message>
  <message>
   <source>Switch this edit off, keeping it, or on again.</source>
   <translation>停用这项编辑但不删除，或重新启用。</translation>
  </message>
  <message>
   <source>{facts}, switched off</source>
   <translation>{facts}，已停用</translation>
  </message>
 </context>
 <context>
  <name>ErrorDialog</name>
  <message>
   <source>&amp;Copy all</source>
   <translation>全部复制(&amp;C)</translation>
  </message>
  <message>
   <source>&amp;Details</source>
   <translation>详细信息(&amp;D)</translation>
  </message>
  <message>
   <source>A fault in latentedit</source>
   <translation>latentedit 出现故障</translation>
  </message>
  <message>
   <source>Close this message</source>
   <translation>关闭此消息</translation>
  </message>
  <message>
   <source>Copied</source>
   <translation>已复制</translation>
  </message>
  <message>
   <source>Copy the message and all details to the clipboard</source>
   <translation>将消息和所有详细信息复制到剪贴板</translation>
  </message>
  <message>
   <source>Details of the fault</source>
   <translation>故障的详细信息</translation>
  </message>
  <message>
   <source>In English: {}</source>
   <translation>英文原文：{}</translation>
  </message>
  <message>
   <source>Nothing is sent anywhere: the details stay on this computer unless you copy and paste them.</source>
   <translation>不会发送任何内容：除非您自行复制粘贴，详细信息只保留在这台电脑上。</translation>
  </message>
  <message>
   <source>Show or hide where in the program it happened</source>
   <translation>显示或隐藏故障在程序中的位置</translation>
  </message>
  <message>
   <source>Something went wrong inside latentedit. This is a bug, not your mistake.</source>
   <translation>latentedit 内部出了问题。这是程序缺陷，不是您的操作错误。</translation>
  </message>
  <message>
   <source>This did not work</source>
   <translation>操作未成功</translation>
  </message>
  <message>
   <source>Versions, system, and where in the program it happened</source>
   <translation>版本、系统以及故障在程序中的位置</translation>
  </message>
  <message>
   <source>Your photograph is unchanged. Save your project, and if this happens again, report it with the details.</source>
   <translation>您的照片没有改变。请保存项目；如果再次发生，请附上详细信息反馈。</translation>
  </message>
 </context>
 <context>
  <name>ErrorWords</name>
  <message>
   <source>A downloaded file is not what it should be.</source>
   <translation>下载的文件与预期不符。</translation>
  </message>
  <message>
   <source>A weights file is missing.</source>
   <translation>缺少一个权重文件。</translation>
  </message>
  <message>
   <source>Check the connection to the internet, and try again.</source>
   <translation>请检查网络连接，然后重试。</translation>
  </message>
  <message>
   <source>Choose another device in the preferences.</source>
   <translation>请在首选项中选择其他设备。</translation>
  </message>
  <message>
   <source>Choose something else; nothing was changed.</source>
   <translation>请另作选择；没有任何更改。</translation>
  </message>
  <message>
   <source>Copy it again from where it came from, or save it as JPEG or PNG with another program.</source>
   <translation>请从原处重新复制一次，或用其他程序将其另存为 JPEG 或 PNG。</translation>
  </message>
  <message>
   <source>Download it again.</source>
   <translation>请重新下载。</translation>
  </message>
  <message>
   <source>Give another file.</source>
   <translation>请给出另一个文件。</translation>
  </message>
  <message>
   <source>Install what is named below.</source>
   <translation>请安装程序消息中提到的内容。</translation>
  </message>
  <message>
   <source>It cannot be read, or does not fit this model. Take another, or another model.</source>
   <translation>它无法读取，或不适合当前模型。请换一个方向或模型。</translation>
  </message>
  <message>
   <source>It is damaged, or a newer version of latentedit wrote it. Take a copy, or update latentedit.</source>
   <translation>项目已损坏，或由更新版本的 latentedit 写成。请使用副本，或更新 latentedit。</translation>
  </message>
  <message>
   <source>It is damaged, unsafe, or of a kind that is not supported. Take another file.</source>
   <translation>文件已损坏、不安全，或属于不支持的类型。请换一个文件。</translation>
  </message>
  <message>
   <source>Make room on the disk, or choose another folder.</source>
   <translation>请腾出磁盘空间，或选择其他文件夹。</translation>
  </message>
  <message>
   <source>No face was found.</source>
   <translation>没有找到人脸。</translation>
  </message>
  <message>
   <source>Nothing was changed.</source>
   <translation>没有任何更改。</translation>
  </message>
  <message>
   <source>Open a photograph and let it be downloaded.</source>
   <translation>请打开一张照片，并允许下载该文件。</translation>
  </message>
  <message>
   <source>Something that is needed for this is missing.</source>
   <translation>缺少此操作所需的内容。</translation>
  </message>
  <message>
   <source>Take a larger version of the photograph.</source>
   <translation>请使用这张照片更大的版本。</translation>
  </message>
  <message>
   <source>Take a photograph in which the face is larger and seen from the front.</source>
   <translation>请使用人脸更大、正面朝向的照片。</translation>
  </message>
  <message>
   <source>The chosen graphics card is not there.</source>
   <translation>找不到所选的显卡。</translation>
  </message>
  <message>
   <source>The direction cannot be used.</source>
   <translation>无法使用这个方向。</translation>
  </message>
  <message>
   <source>The download did not work.</source>
   <translation>下载失败。</translation>
  </message>
  <message>
   <source>The face is too small to be edited.</source>
   <translation>这张脸太小，无法编辑。</translation>
  </message>
  <message>
   <source>The file cannot be written.</source>
   <translation>无法写入文件。</translation>
  </message>
  <message>
   <source>The photograph cannot be read.</source>
   <translation>无法读取这张照片。</translation>
  </message>
  <message>
   <source>The project cannot be opened.</source>
   <translation>无法打开这个项目。</translation>
  </message>
  <message>
   <source>The weights file cannot be used.</source>
   <translation>无法使用这个权重文件。</translation>
  </message>
  <message>
   <source>This did not work.</source>
   <translation>操作未成功。</translation>
  </message>
  <message>
   <source>This is not possible.</source>
   <translation>无法这样做。</translation>
  </message>
  <message>
   <source>What was given cannot be used.</source>
   <translation>无法使用给出的内容。</translation>
  </message>
 </context>
 <context>
  <name>ExportDialog</name>
  <message>
   <source>&amp;Export</source>
   <translation>导出(&amp;E)</translation>
  </message>
  <message>
   <source>&amp;Folder</source>
   <translation>文件夹(&amp;F)</translation>
  </message>
  <message>
   <source>&amp;Kind of file</source>
   <translation>文件类型(&amp;K)</translation>
  </message>
  <message>
   <source>&amp;Mark as edited with AI</source>
   <translation>标记为经 AI 编辑(&amp;M)</translation>
  </message>
  <message>
   <source>&amp;Name</source>
   <translation>名称(&amp;N)</translation>
  </message>
  <message>
   <source>&amp;Picture</source>
   <translation>图片(&amp;P)</translation>
  </message>
  <message>
   <source>&amp;Replace</source>
   <translation>替换(&amp;R)</translation>
  </message>
  <message>
   <source>A file's name cannot have any of these characters: {}</source>
   <translation>文件名不能包含以下字符：{}</translation>
  </message>
  <message>
   <source>A note inside the file, nothing visible: it lets others know that parts of a face were drawn by a model.</source>
   <translation>写在文件内部的说明，画面上看不到：让他人知道部分面部由模型绘制。</translation>
  </message>
  <message>
   <source>Also a &amp;hidden layer for each edit alone</source>
   <translation>每项编辑另存一个隐藏图层(&amp;H)</translation>
  </message>
  <message>
   <source>Besides one layer for each face, to switch single edits on and off in GIMP or Krita</source>
   <translation>除每张人脸一个图层外，便于在 GIMP 或 Krita 中单独开关每项编辑</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Choose the &amp;quality:</source>
   <translation>选择质量(&amp;Q)：</translation>
  </message>
  <message>
   <source>Choose the folder</source>
   <translation>选择文件夹</translation>
  </message>
  <message>
   <source>Close without exporting</source>
   <translation>关闭而不导出</translation>
  </message>
  <message>
   <source>Export {}</source>
   <translation>导出 {}</translation>
  </message>
  <message>
   <source>Face {} alone, as a square</source>
   <translation>仅人脸 {}（方形）</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>文件夹</translation>
  </message>
  <message>
   <source>From 1 (small) to 100 (hardly any loss)</source>
   <translation>从 1（文件小）到 100（几乎无损）</translation>
  </message>
  <message>
   <source>Give the file a name that does not begin with a dot.</source>
   <translation>请给文件取一个不以点开头的名称。</translation>
  </message>
  <message>
   <source>How much the file may lose. Without a choice, what the edits don't touch is kept where it can be.</source>
   <translation>文件可以损失多少。不选择时，未被编辑的部分会尽可能原样保留。</translation>
  </message>
  <message>
   <source>Layers for GIMP, Krita and others: the photograph, and over it each face.</source>
   <translation>供 GIMP、Krita 等软件使用的图层：底层是照片，上面是每张人脸。</translation>
  </message>
  <message>
   <source>Loses nothing, for print and further editing; large.</source>
   <translation>无损，适合打印和继续编辑；文件较大。</translation>
  </message>
  <message>
   <source>Loses nothing; larger.</source>
   <translation>无损；文件较大。</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>名称</translation>
  </message>
  <message>
   <source>Quality</source>
   <translation>质量</translation>
  </message>
  <message>
   <source>Small, for the web; loses a little unless the photograph's own file loses nothing.</source>
   <translation>文件小，适合网页；略有损失，除非照片原文件是无损的。</translation>
  </message>
  <message>
   <source>Small, understood everywhere; loses a little.</source>
   <translation>文件小，到处都能打开；略有损失。</translation>
  </message>
  <message>
   <source>That is the photograph itself. It is never overwritten: choose another name or folder.</source>
   <translation>这是照片原文件，不能被覆盖：请另选名称或文件夹。</translation>
  </message>
  <message>
   <source>The folder that the file goes to</source>
   <translation>文件保存到的文件夹</translation>
  </message>
  <message>
   <source>The kind of file; typing another ending after the name changes it too</source>
   <translation>文件类型；在名称后输入其他扩展名也会更改类型</translation>
  </message>
  <message>
   <source>The new file's name</source>
   <translation>新文件的名称</translation>
  </message>
  <message>
   <source>The photograph with its edited faces, or one face cut out</source>
   <translation>包含已编辑人脸的整张照片，或裁出的单张人脸</translation>
  </message>
  <message>
   <source>The photograph's own kind. If it was saved with loss, all of it is compressed once more.</source>
   <translation>与照片原文件类型相同。如果原文件是有损的，整张照片会再压缩一次。</translation>
  </message>
  <message>
   <source>The photograph's own kind: all that the edits don't touch stays exactly as it was.</source>
   <translation>与照片原文件类型相同：未编辑的部分完全保持原样。</translation>
  </message>
  <message>
   <source>The whole photograph</source>
   <translation>整张照片</translation>
  </message>
  <message>
   <source>There is a file of that name; it will be replaced.</source>
   <translation>已有同名文件，它将被替换。</translation>
  </message>
  <message>
   <source>There is a folder of that name.</source>
   <translation>已有同名文件夹。</translation>
  </message>
  <message>
   <source>There is no such folder.</source>
   <translation>没有这个文件夹。</translation>
  </message>
  <message>
   <source>With a quality of your own all of the picture is encoded anew, also what the edits don't touch.</source>
   <translation>自选质量时，整张图片会重新编码，包括未被编辑的部分。</translation>
  </message>
  <message>
   <source>Write the file</source>
   <translation>写入文件</translation>
  </message>
  <message>
   <source>Writes the standard note that parts of the picture were made by a trained model</source>
   <translation>写入标准说明，注明图片的部分内容由训练模型生成</translation>
  </message>
  <message>
   <source>{} edited</source>
   <translation>{} 已编辑</translation>
  </message>
  <message>
   <source>{} face {}</source>
   <translation>{} 人脸 {}</translation>
  </message>
 </context>
 <context>
  <name>FaceList</name>
  <message>
   <source>&amp;Find faces again</source>
   <translation>重新查找人脸(&amp;F)</translation>
  </message>
  <message>
   <source>&amp;Learn again</source>
   <translation>重新学习(&amp;L)</translation>
  </message>
  <message>
   <source>&amp;Learn this face</source>
   <translation>学习这张脸(&amp;L)</translation>
  </message>
  <message>
   <source>Choose the face that you want to change.</source>
   <translation>请选择要改变的人脸。</translation>
  </message>
  <message>
   <source>Face {}</source>
   <translation>人脸 {}</translation>
  </message>
  <message>
   <source>Faces</source>
   <translation>人脸</translation>
  </message>
  <message>
   <source>Find again</source>
   <translation>重新查找</translation>
  </message>
  <message>
   <source>Find faces again</source>
   <translation>重新查找人脸</translation>
  </message>
  <message>
   <source>Learn this face once more from the photograph; what was done to it stays.</source>
   <translation>从照片重新学习这张脸；已做的编辑会保留。</translation>
  </message>
  <message>
   <source>Look for faces once more; what was done to those that are known is forgotten.</source>
   <translation>重新查找人脸；对已知人脸所做的编辑会被清除。</translation>
  </message>
  <message>
   <source>Look for the faces again? What was learnt of them, and all that was done to them, will be forgotten.</source>
   <translation>要重新查找人脸吗？已学到的内容和所做的编辑都会被清除。</translation>
  </message>
  <message>
   <source>This face can be changed.</source>
   <translation>这张脸可以编辑。</translation>
  </message>
  <message>
   <source>This face was not learnt yet.</source>
   <translation>这张脸尚未学习。</translation>
  </message>
 </context>
 <context>
  <name>FaceView</name>
  <message>
   <source>After</source>
   <translation>修改后</translation>
  </message>
  <message>
   <source>Before</source>
   <translation>修改前</translation>
  </message>
  <message>
   <source>The face alone, before and after</source>
   <translation>仅人脸，修改前后</translation>
  </message>
 </context>
 <context>
  <name>Files</name>
  <message>
   <source>A face is being learnt. What was learnt of it so far is lost.</source>
   <translation>正在学习一张面孔，目前学到的内容将会丢失。</translation>
  </message>
  <message>
   <source>All files (*)</source>
   <translation>所有文件 (*)</translation>
  </message>
  <message>
   <source>Change the language now?</source>
   <translation>现在更改语言吗？</translation>
  </message>
  <message>
   <source>Copied. Whoever gets it cannot see that it was edited: please say so.</source>
   <translation>已复制。收到的人看不出它经过编辑：请加以说明。</translation>
  </message>
  <message>
   <source>Exported {}</source>
   <translation>已导出 {}</translation>
  </message>
  <message>
   <source>Exporting {}…</source>
   <translation>正在导出 {}…</translation>
  </message>
  <message>
   <source>Forget these</source>
   <translation>清除这些记录</translation>
  </message>
  <message>
   <source>Go on?</source>
   <translation>继续吗？</translation>
  </message>
  <message>
   <source>Only the first of these files was opened. The batch panel edits many.</source>
   <translation>只打开了其中的第一个文件。批处理面板可以编辑多个文件。</translation>
  </message>
  <message>
   <source>Open a photograph or project</source>
   <translation>打开照片或项目</translation>
  </message>
  <message>
   <source>Pasted picture.png</source>
   <translation>粘贴的图片.png</translation>
  </message>
  <message>
   <source>Photographs and projects ({})</source>
   <translation>照片和项目 ({})</translation>
  </message>
  <message>
   <source>Photographs are being worked on. What is done is kept, and the batch can be gone on with later.</source>
   <translation>正在处理照片。已完成的会保留，之后可以继续这批处理。</translation>
  </message>
  <message>
   <source>Projects ({})</source>
   <translation>项目 ({})</translation>
  </message>
  <message>
   <source>Save the project</source>
   <translation>保存项目</translation>
  </message>
  <message>
   <source>Saved {}</source>
   <translation>已保存 {}</translation>
  </message>
  <message>
   <source>Show it</source>
   <translation>显示</translation>
  </message>
  <message>
   <source>Stop learning?</source>
   <translation>停止学习？</translation>
  </message>
  <message>
   <source>Stop the batch?</source>
   <translation>停止批处理？</translation>
  </message>
  <message>
   <source>The window is made anew. The photograph, its edits and their history stay; what was only begun in a panel is forgotten. Otherwise the language changes with the next start.</source>
   <translation>窗口将重新建立。照片、编辑及其历史都会保留；面板中刚开始而未完成的内容会丢失。否则语言将在下次启动时更改。</translation>
  </message>
  <message>
   <source>There is no picture on the clipboard.</source>
   <translation>剪贴板中没有图片。</translation>
  </message>
 </context>
 <context>
  <name>FirstRunDialog</name>
  <message>
   <source>&amp;Agree and download</source>
   <translation>同意并下载(&amp;A)</translation>
  </message>
  <message>
   <source>&amp;Continue the download</source>
   <translation>继续下载(&amp;C)</translation>
  </message>
  <message>
   <source>&amp;Not now</source>
   <translation>暂不(&amp;N)</translation>
  </message>
  <message>
   <source>&amp;Stop</source>
   <translation>停止(&amp;S)</translation>
  </message>
  <message>
   <source>&amp;Try again</source>
   <translation>重试(&amp;T)</translation>
  </message>
  <message>
   <source>Before the first photograph</source>
   <translation>打开第一张照片之前</translation>
  </message>
  <message>
   <source>Connecting</source>
   <translation>正在连接</translation>
  </message>
  <message>
   <source>Download the networks under the terms listed here</source>
   <translation>按此处列出的条款下载网络</translation>
  </message>
  <message>
   <source>Downloading: {} of {}</source>
   <translation>正在下载：{} / {}</translation>
  </message>
  <message>
   <source>From the Python package index that this computer is set up for (usually pypi.org). Kept in {}.</source>
   <translation>来自这台电脑所设置的 Python 软件包索引（通常是 pypi.org）。保存在 {}。</translation>
  </message>
  <message>
   <source>From: {}</source>
   <translation>来源：{}</translation>
  </message>
  <message>
   <source>Licence: {}</source>
   <translation>许可：{}</translation>
  </message>
  <message>
   <source>Limits: {}</source>
   <translation>限制：{}</translation>
  </message>
  <message>
   <source>Look around without; faces cannot be edited until the networks are here</source>
   <translation>先不下载，随便看看；下载网络之后才能编辑人脸</translation>
  </message>
  <message>
   <source>Making everything ready</source>
   <translation>正在准备</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>进度</translation>
  </message>
  <message>
   <source>Progress of the download</source>
   <translation>下载进度</translation>
  </message>
  <message>
   <source>Stop the download; it goes on later where it stopped</source>
   <translation>停止下载；以后可从停下的地方继续</translation>
  </message>
  <message>
   <source>Stopped. What was downloaded is kept.</source>
   <translation>已停止。已下载的部分会保留。</translation>
  </message>
  <message>
   <source>Stopping</source>
   <translation>正在停止</translation>
  </message>
  <message>
   <source>Welcome to latentedit</source>
   <translation>欢迎使用 latentedit</translation>
  </message>
  <message>
   <source>Your photographs never leave this computer. Everything is computed here, without an account.</source>
   <translation>您的照片不会离开这台电脑。一切都在本机计算，无需账号。</translation>
  </message>
  <message>
   <source>latentedit needs trained networks that are not part of the program: {} to download, once.</source>
   <translation>latentedit 需要一些不随程序提供的训练网络：只需下载一次，共 {}。</translation>
  </message>
 </context>
 <context>
  <name>Guide</name>
  <message numerus="yes">
   <source>%n faces were found. Click one.</source>
   <translation>
    <numerusform>找到 %n 张人脸。请点击其中一张。</numerusform>
   </translation>
  </message>
  <message>
   <source>Click the face that you want to edit.</source>
   <translation>请点击要编辑的人脸。</translation>
  </message>
  <message>
   <source>Face {} is learnt and can be edited.</source>
   <translation>人脸 {} 已学习完毕，可以编辑。</translation>
  </message>
  <message>
   <source>Face {}: finding the likeness…</source>
   <translation>人脸 {}：正在寻找相似的样子…</translation>
  </message>
  <message>
   <source>Getting to know face {}</source>
   <translation>正在学习人脸 {}</translation>
  </message>
  <message>
   <source>Let all of it change</source>
   <translation>让整张面孔变化</translation>
  </message>
  <message>
   <source>Looking for faces</source>
   <translation>正在查找人脸</translation>
  </message>
  <message>
   <source>No face was found in this photograph.</source>
   <translation>这张照片中没有找到人脸。</translation>
  </message>
  <message>
   <source>Opening {}</source>
   <translation>正在打开 {}</translation>
  </message>
  <message>
   <source>Take the middle of it</source>
   <translation>使用照片中央</translation>
  </message>
  <message>
   <source>The face now changes only where you paint.</source>
   <translation>现在面孔只在涂画的地方变化。</translation>
  </message>
  <message>
   <source>The faces' edits will be forgotten.</source>
   <translation>对人脸的编辑会被清除。</translation>
  </message>
 </context>
 <context>
  <name>HistoryPanel</name>
  <message>
   <source>, {}</source>
   <translation>，{}</translation>
  </message>
  <message>
   <source>Blend with {}</source>
   <translation>与 {} 整脸混合</translation>
  </message>
  <message>
   <source>Click a line, or use the arrow keys, to go back or forth to it.</source>
   <translation>点击一行或使用方向键，可后退或前进到该步骤。</translation>
  </message>
  <message>
   <source>Do again what was taken back.</source>
   <translation>重做刚才撤销的操作。</translation>
  </message>
  <message>
   <source>Hide {}</source>
   <translation>隐藏“{}”</translation>
  </message>
  <message>
   <source>History</source>
   <translation>历史记录</translation>
  </message>
  <message>
   <source>Move {}</source>
   <translation>移动“{}”</translation>
  </message>
  <message>
   <source>Noise: {}</source>
   <translation>颗粒：{}</translation>
  </message>
  <message>
   <source>Open a photograph first.</source>
   <translation>请先打开一张照片。</translation>
  </message>
  <message>
   <source>Original</source>
   <translation>原始状态</translation>
  </message>
  <message>
   <source>Own features: {}</source>
   <translation>个人特征：{}</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>重做</translation>
  </message>
  <message>
   <source>Remove {}</source>
   <translation>移除“{}”</translation>
  </message>
  <message>
   <source>Reset face</source>
   <translation>重置人脸</translation>
  </message>
  <message>
   <source>Show {}</source>
   <translation>显示“{}”</translation>
  </message>
  <message>
   <source>Take back the last change.</source>
   <translation>撤销上一步更改。</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>撤销</translation>
  </message>
  <message>
   <source>What was done, the oldest first</source>
   <translation>所有操作，最早的在前</translation>
  </message>
  <message>
   <source>drag {}</source>
   <translation>拖动 {}</translation>
  </message>
  <message>
   <source>{change}  ·  face {number}</source>
   <translation>{change}  ·  人脸 {number}</translation>
  </message>
  <message>
   <source>{change}, the present</source>
   <translation>{change}，当前状态</translation>
  </message>
  <message>
   <source>{change}, undone</source>
   <translation>{change}，已撤销</translation>
  </message>
 </context>
 <context>
  <name>ImportForm</name>
  <message>
   <source>&amp;Cancel</source>
   <translation>取消(&amp;C)</translation>
  </message>
  <message>
   <source>&amp;Close</source>
   <translation>关闭(&amp;C)</translation>
  </message>
  <message>
   <source>&amp;Keep</source>
   <translation>保留(&amp;K)</translation>
  </message>
  <message>
   <source>&amp;Licence:</source>
   <translation>许可(&amp;L)：</translation>
  </message>
  <message>
   <source>&amp;Name:</source>
   <translation>名称(&amp;N)：</translation>
  </message>
  <message>
   <source>&amp;Read</source>
   <translation>读取(&amp;R)</translation>
  </message>
  <message>
   <source>&amp;Size:</source>
   <translation>尺寸(&amp;S)：</translation>
  </message>
  <message>
   <source>Anything else</source>
   <translation>其他内容</translation>
  </message>
  <message>
   <source>Do not import it.</source>
   <translation>不导入。</translation>
  </message>
  <message>
   <source>Import {}</source>
   <translation>导入 {}</translation>
  </message>
  <message>
   <source>It &amp;draws:</source>
   <translation>绘制内容(&amp;D)：</translation>
  </message>
  <message>
   <source>Portraits, aligned as in FFHQ</source>
   <translation>人像，按 FFHQ 方式对齐</translation>
  </message>
  <message>
   <source>Reading {}</source>
   <translation>正在读取 {}</translation>
  </message>
  <message>
   <source>The checkpoint is being read</source>
   <translation>正在读取检查点文件</translation>
  </message>
  <message>
   <source>The file does not tell for which size it was trained; ask whoever trained it.</source>
   <translation>文件没有说明训练所用的尺寸；请询问训练者。</translation>
  </message>
  <message>
   <source>The file does not tell the size of its pictures. Choose the one that it was trained for.</source>
   <translation>文件没有说明图片的尺寸。请选择训练时所用的尺寸。</translation>
  </message>
  <message>
   <source>The file does not tell. Portraits: eyes and mouth are always at the same place of the picture.</source>
   <translation>文件没有说明。人像：眼睛和嘴总在画面的相同位置。</translation>
  </message>
  <message>
   <source>What it is called from now on: letters, digits, points, dashes and underscores.</source>
   <translation>今后使用的名称：字母、数字、点、连字符和下划线。</translation>
  </message>
  <message>
   <source>What its weights may be used for; you find it where you have them from.</source>
   <translation>权重的使用限制；可在获取它的地方查到。</translation>
  </message>
  <message>
   <source>not told by the file</source>
   <translation>文件未说明</translation>
  </message>
  <message>
   <source>{architecture} of {program}, {pixels} px, {layers} layers.</source>
   <translation>{program} 的 {architecture}，{pixels} 像素，{layers} 层。</translation>
  </message>
  <message>
   <source>{} cannot be imported</source>
   <translation>无法导入 {}</translation>
  </message>
  <message>
   <source>{} px</source>
   <translation>{} 像素</translation>
  </message>
 </context>
 <context>
  <name>InputFiles</name>
  <message>
   <source>&amp;Remove</source>
   <translation>移除(&amp;R)</translation>
  </message>
  <message>
   <source>Add &amp;files…</source>
   <translation>添加文件(&amp;F)…</translation>
  </message>
  <message>
   <source>Add f&amp;older…</source>
   <translation>添加文件夹(&amp;O)…</translation>
  </message>
  <message>
   <source>Choose a folder of photographs.</source>
   <translation>选择一个照片文件夹。</translation>
  </message>
  <message>
   <source>Choose photographs and projects.</source>
   <translation>选择照片和项目。</translation>
  </message>
  <message>
   <source>Drop photographs, projects and folders here. Delete takes the chosen ones out of the list.</source>
   <translation>将照片、项目和文件夹拖放到此处。Delete 键可将所选项移出列表。</translation>
  </message>
  <message>
   <source>Folder for the batch</source>
   <translation>批处理的文件夹</translation>
  </message>
  <message>
   <source>Photographs and folders</source>
   <translation>照片和文件夹</translation>
  </message>
  <message>
   <source>Photographs for the batch</source>
   <translation>批处理的照片</translation>
  </message>
  <message>
   <source>Take the chosen ones out of the list; the files stay.</source>
   <translation>将所选项移出列表；文件本身会保留。</translation>
  </message>
 </context>
 <context>
  <name>LayerChooser</name>
  <message>
   <source>Change the layers that this is made for.</source>
   <translation>改变它原本针对的层。</translation>
  </message>
  <message>
   <source>Coarse</source>
   <translation>粗略</translation>
  </message>
  <message>
   <source>Colour, light and skin.</source>
   <translation>颜色、光线和皮肤。</translation>
  </message>
  <message>
   <source>Fine</source>
   <translation>精细</translation>
  </message>
  <message>
   <source>Layer {}</source>
   <translation>第 {} 层</translation>
  </message>
  <message>
   <source>Layer {}, which draws at {} pixels.</source>
   <translation>第 {} 层，以 {} 像素绘制。</translation>
  </message>
  <message>
   <source>Middle</source>
   <translation>中等</translation>
  </message>
  <message>
   <source>Pose, hair style and the shape of the face.</source>
   <translation>姿态、发型和脸形。</translation>
  </message>
  <message>
   <source>The parts of the face, expression and hair.</source>
   <translation>五官、表情和头发。</translation>
  </message>
  <message>
   <source>The usual layers</source>
   <translation>默认的层</translation>
  </message>
 </context>
 <context>
  <name>LayersPanel</name>
  <message>
   <source>&amp;Reset face</source>
   <translation>重置人脸(&amp;R)</translation>
  </message>
  <message>
   <source>Another sample</source>
   <translation>另一种样本</translation>
  </message>
  <message>
   <source>As in the photograph</source>
   <translation>与照片相同</translation>
  </message>
  <message>
   <source>Background</source>
   <translation>背景</translation>
  </message>
  <message>
   <source>Blend the drawing in</source>
   <translation>融入绘制的图像</translation>
  </message>
  <message>
   <source>Choose a face and let it be learnt, to change it.</source>
   <translation>请选择一张人脸并等待学习完成，然后即可编辑。</translation>
  </message>
  <message>
   <source>Clothes</source>
   <translation>衣服</translation>
  </message>
  <message>
   <source>Drag {}</source>
   <translation>拖动 {}</translation>
  </message>
  <message>
   <source>Edits, the newest on top</source>
   <translation>编辑，最新的在最上面</translation>
  </message>
  <message>
   <source>Everywhere</source>
   <translation>所有部位</translation>
  </message>
  <message>
   <source>Eyebrows</source>
   <translation>眉毛</translation>
  </message>
  <message>
   <source>Eyes</source>
   <translation>眼睛</translation>
  </message>
  <message>
   <source>Face</source>
   <translation>面部</translation>
  </message>
  <message>
   <source>Faces and edits</source>
   <translation>人脸和编辑</translation>
  </message>
  <message>
   <source>Hair</source>
   <translation>头发</translation>
  </message>
  <message>
   <source>Head</source>
   <translation>头部</translation>
  </message>
  <message>
   <source>Keep the photograph's texture</source>
   <translation>保留照片的纹理</translation>
  </message>
  <message>
   <source>Mask</source>
   <translation>蒙版</translation>
  </message>
  <message>
   <source>Mix with {}</source>
   <translation>与“{}”混合</translation>
  </message>
  <message>
   <source>Mouth</source>
   <translation>嘴</translation>
  </message>
  <message>
   <source>Neck</source>
   <translation>颈部</translation>
  </message>
  <message>
   <source>None, smooth</source>
   <translation>无，平滑</translation>
  </message>
  <message>
   <source>Nose</source>
   <translation>鼻子</translation>
  </message>
  <message>
   <source>Nothing was done to this face yet. Move a slider of the other panels.</source>
   <translation>这张脸还没有编辑。请移动其他面板中的滑块。</translation>
  </message>
  <message>
   <source>Open a photograph first.</source>
   <translation>请先打开一张照片。</translation>
  </message>
  <message>
   <source>Painted area</source>
   <translation>涂抹的区域</translation>
  </message>
  <message>
   <source>Replace with the drawing</source>
   <translation>用绘制的图像替换</translation>
  </message>
  <message>
   <source>Skin</source>
   <translation>皮肤</translation>
  </message>
  <message>
   <source>Take back everything that was done to this face. It can be undone.</source>
   <translation>清除对这张脸的所有编辑。之后可以撤销。</translation>
  </message>
  <message>
   <source>Variation {}</source>
   <translation>变体 {}</translation>
  </message>
  <message>
   <source>Where “{}” may change the face</source>
   <translation>“{}”可以改变面部的哪些部分</translation>
  </message>
  <message>
   <source>Whole person</source>
   <translation>整个人物</translation>
  </message>
  <message>
   <source>Whole square</source>
   <translation>整个方框</translation>
  </message>
  <message>
   <source>all but {}</source>
   <translation>除{}之外</translation>
  </message>
  <message>
   <source>face {}</source>
   <translation>人脸 {}</translation>
  </message>
  <message>
   <source>layers {}</source>
   <translation>层 {}</translation>
  </message>
  <message>
   <source>random face {}</source>
   <translation>随机人脸 {}</translation>
  </message>
  <message>
   <source>{}%</source>
   <translation>{}%</translation>
  </message>
 </context>
 <context>
  <name>Limits</name>
  <message>
   <source>All but this</source>
   <translation>除此之外的部分</translation>
  </message>
  <message>
   <source>Change everything except this part of the face.</source>
   <translation>改变除这一部分之外的整张脸。</translation>
  </message>
  <message>
   <source>How wide the edge is over which the change fades, as a share of the face's square.</source>
   <translation>更改逐渐消失的边缘宽度，以占人脸方框的比例表示。</translation>
  </message>
  <message>
   <source>Layers</source>
   <translation>层</translation>
  </message>
  <message>
   <source>On</source>
   <translation>启用</translation>
  </message>
  <message>
   <source>Remove {}</source>
   <translation>移除“{}”</translation>
  </message>
  <message>
   <source>Show the face with and without this change; the amount stays.</source>
   <translation>显示有或没有这项更改的人脸；强度保持不变。</translation>
  </message>
  <message>
   <source>Soft edge</source>
   <translation>羽化边缘</translation>
  </message>
  <message>
   <source>Take this change out of the list of edits.</source>
   <translation>将这项更改移出编辑列表。</translation>
  </message>
  <message>
   <source>The part of the face that may change.</source>
   <translation>面部允许改变的部分。</translation>
  </message>
  <message>
   <source>What you painted</source>
   <translation>您涂抹的部分</translation>
  </message>
  <message>
   <source>Where</source>
   <translation>位置</translation>
  </message>
  <message>
   <source>Where in the face</source>
   <translation>面部的位置</translation>
  </message>
 </context>
 <context>
  <name>MainWindow</name>
  <message>
   <source>&amp;As they came</source>
   <translation>恢复初始布局(&amp;A)</translation>
  </message>
  <message>
   <source>&amp;Panels</source>
   <translation>面板(&amp;P)</translation>
  </message>
  <message>
   <source>Main tools</source>
   <translation>主工具</translation>
  </message>
  <message>
   <source>Open &amp;recent</source>
   <translation>最近打开(&amp;R)</translation>
  </message>
  <message>
   <source>Show or hide this panel</source>
   <translation>显示或隐藏此面板</translation>
  </message>
  <message>
   <source>Tools on the photograph</source>
   <translation>照片上的工具</translation>
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
   <translation>属性</translation>
  </message>
  <message>
   <source>Colours and texture</source>
   <translation>颜色和纹理</translation>
  </message>
  <message>
   <source>Directions</source>
   <translation>方向数量</translation>
  </message>
  <message>
   <source>Everything</source>
   <translation>全部</translation>
  </message>
  <message>
   <source>Faces for each</source>
   <translation>每次所用人脸数</translation>
  </message>
  <message>
   <source>Features</source>
   <translation>五官</translation>
  </message>
  <message>
   <source>How many directions are sought, at most.</source>
   <translation>最多寻找多少个方向。</translation>
  </message>
  <message>
   <source>How many faces each switch is tried on.</source>
   <translation>每个开关在多少张人脸上尝试。</translation>
  </message>
  <message>
   <source>How many random faces are looked at. More is slower, and more exact.</source>
   <translation>查看多少张随机人脸。越多越慢，也越准确。</translation>
  </message>
  <message>
   <source>How many switches of the model are tried.</source>
   <translation>尝试模型的多少个开关。</translation>
  </message>
  <message>
   <source>Pose and shape</source>
   <translation>姿态和形状</translation>
  </message>
  <message>
   <source>Random faces</source>
   <translation>随机人脸数</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>随机种子</translation>
  </message>
  <message>
   <source>Switches tried</source>
   <translation>尝试的开关数</translation>
  </message>
  <message>
   <source>The same number gives the same random faces again.</source>
   <translation>相同的数字会再次得到相同的随机人脸。</translation>
  </message>
  <message>
   <source>What changes</source>
   <translation>改变的内容</translation>
  </message>
  <message>
   <source>What is measured on every face.</source>
   <translation>在每张脸上测量什么。</translation>
  </message>
  <message>
   <source>What the directions may change.</source>
   <translation>这些方向可以改变什么。</translation>
  </message>
  <message>
   <source>{}:</source>
   <translation>{}：</translation>
  </message>
 </context>
 <context>
  <name>MixPanel</name>
  <message>
   <source>Choose a second face. What you take of it comes into this one, band by band.</source>
   <translation>请选择第二张脸。所取的内容会逐级混入当前这张脸。</translation>
  </message>
  <message>
   <source>Mix</source>
   <translation>混合</translation>
  </message>
 </context>
 <context>
  <name>MixWords</name>
  <message>
   <source>Face {}</source>
   <translation>人脸 {}</translation>
  </message>
  <message>
   <source>Random {}</source>
   <translation>随机 {}</translation>
  </message>
 </context>
 <context>
  <name>ModelsPanel</name>
  <message>
   <source>&amp;Import…</source>
   <translation>导入(&amp;I)…</translation>
  </message>
  <message>
   <source>&amp;Use this model</source>
   <translation>使用此模型(&amp;U)</translation>
  </message>
  <message>
   <source>All files (*)</source>
   <translation>所有文件 (*)</translation>
  </message>
  <message>
   <source>Architecture</source>
   <translation>架构</translation>
  </message>
  <message>
   <source>Checkpoints ({})</source>
   <translation>检查点 ({})</translation>
  </message>
  <message>
   <source>Classes</source>
   <translation>类别数</translation>
  </message>
  <message>
   <source>Coloured blobs, to try things out</source>
   <translation>彩色斑点，供试用</translation>
  </message>
  <message>
   <source>Comes from</source>
   <translation>来源</translation>
  </message>
  <message>
   <source>Draws</source>
   <translation>绘制</translation>
  </message>
  <message>
   <source>E&amp;xport…</source>
   <translation>导出(&amp;X)…</translation>
  </message>
  <message>
   <source>Export {}</source>
   <translation>导出 {}</translation>
  </message>
  <message>
   <source>Faces</source>
   <translation>人脸</translation>
  </message>
  <message>
   <source>Fingerprint</source>
   <translation>指纹</translation>
  </message>
  <message>
   <source>Forget a model of your own.</source>
   <translation>移除自己的模型。</translation>
  </message>
  <message>
   <source>Generators</source>
   <translation>生成器</translation>
  </message>
  <message>
   <source>Import a model</source>
   <translation>导入模型</translation>
  </message>
  <message>
   <source>In use</source>
   <translation>使用中</translation>
  </message>
  <message>
   <source>Learn the faces of the open photograph again, with this model; photographs to come, too.</source>
   <translation>用此模型重新学习当前照片中的人脸；以后的照片也使用它。</translation>
  </message>
  <message>
   <source>Learnt from</source>
   <translation>训练数据</translation>
  </message>
  <message>
   <source>Licence</source>
   <translation>许可</translation>
  </message>
  <message>
   <source>Limits</source>
   <translation>限制</translation>
  </message>
  <message>
   <source>Make a StyleGAN checkpoint of any known program a model of your own. Or drop its file here.</source>
   <translation>将任何已知程序的 StyleGAN 检查点变成自己的模型。也可以把文件拖放到此处。</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>Pictures of any kind</source>
   <translation>任意类型的图片</translation>
  </message>
  <message>
   <source>Problem</source>
   <translation>问题</translation>
  </message>
  <message>
   <source>Re&amp;move…</source>
   <translation>移除(&amp;M)…</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>移除</translation>
  </message>
  <message>
   <source>Remove a model</source>
   <translation>移除模型</translation>
  </message>
  <message>
   <source>Remove {}? Projects that were made with it can then no longer be drawn.</source>
   <translation>要移除 {} 吗？用它制作的项目将无法再绘制。</translation>
  </message>
  <message>
   <source>Use</source>
   <translation>使用</translation>
  </message>
  <message>
   <source>Use this model</source>
   <translation>使用此模型</translation>
  </message>
  <message>
   <source>Use {name} for this photograph? Its faces are learnt again, which takes a while, and what was done to them so far is forgotten.</source>
   <translation>要对这张照片使用 {name} 吗？其中的人脸会重新学习，需要一些时间，此前对它们的编辑会被清除。</translation>
  </message>
  <message>
   <source>Weights</source>
   <translation>权重</translation>
  </message>
  <message>
   <source>What can draw. The one with a tick is in use.</source>
   <translation>可用于绘制的模型。带勾的正在使用。</translation>
  </message>
  <message>
   <source>Write your own model as a file with its card, to keep or to give on.</source>
   <translation>将自己的模型连同说明卡写成文件，以便保存或分享。</translation>
  </message>
  <message>
   <source>damaged</source>
   <translation>已损坏</translation>
  </message>
  <message>
   <source>not known</source>
   <translation>未知</translation>
  </message>
  <message>
   <source>on this computer</source>
   <translation>在这台电脑上</translation>
  </message>
  <message>
   <source>{architecture}, {layers} layers</source>
   <translation>{architecture}，{layers} 层</translation>
  </message>
  <message>
   <source>{what}, {pixels} px</source>
   <translation>{what}，{pixels} 像素</translation>
  </message>
  <message>
   <source>{} MB</source>
   <translation>{} MB</translation>
  </message>
  <message>
   <source>{} will be downloaded when it is first used</source>
   <translation>首次使用时将下载 {}</translation>
  </message>
  <message>
   <source>{}, in use</source>
   <translation>{}，使用中</translation>
  </message>
 </context>
 <context>
  <name>Note</name>
  <message>
   <source>pyjpegio is not installed, so all of the photograph was coded again with its own quantisation, not the face alone.</source>
   <translation>未安装 pyjpegio，因此整张照片按其自身的量化被重新编码，而不仅是人脸。</translation>
  </message>
  <message>
   <source>the photograph is a {kind} with loss, so all of it was coded again (quality {quality}), not the face alone; a .png or .tif keeps the rest exactly.</source>
   <translation>照片是有损的 {kind}，因此整张照片都被重新编码（质量 {quality}），而不仅是人脸；.png 或 .tif 能精确保留其余部分。</translation>
  </message>
  <message>
   <source>{kind} has no place for the mark that a trained model made or changed it; other kinds say it.</source>
   <translation>{kind} 无法保存“由训练好的模型生成或修改”的标记；其他文件类型可以。</translation>
  </message>
 </context>
 <context>
  <name>Notice</name>
  <message>
   <source>Close this message</source>
   <translation>关闭此消息</translation>
  </message>
 </context>
 <context>
  <name>Panel</name>
  <message>
   <source>Click a face in the photograph.</source>
   <translation>请点击照片中的人脸。</translation>
  </message>
  <message>
   <source>Open a photograph first.</source>
   <translation>请先打开一张照片。</translation>
  </message>
  <message>
   <source>This face has yet to be learnt. Click it in the photograph.</source>
   <translation>这张脸尚未学习。请在照片中点击它。</translation>
  </message>
 </context>
 <context>
  <name>PreferencesDialog</name>
  <message>
   <source> milliseconds</source>
   <translation> 毫秒</translation>
  </message>
  <message>
   <source> seconds</source>
   <translation> 秒</translation>
  </message>
  <message>
   <source>&amp;Appearance</source>
   <translation>外观(&amp;A)</translation>
  </message>
  <message>
   <source>&amp;Compute with</source>
   <translation>计算设备(&amp;C)</translation>
  </message>
  <message>
   <source>&amp;Draw the photograph after</source>
   <translation>停顿多久后绘制照片(&amp;D)</translation>
  </message>
  <message>
   <source>&amp;Language</source>
   <translation>语言(&amp;L)</translation>
  </message>
  <message>
   <source>Another device is used from the next start on. For another language, the window is made anew.</source>
   <translation>更换设备将在下次启动时生效。更换语言时会重新建立窗口。</translation>
  </message>
  <message>
   <source>Apple graphics</source>
   <translation>Apple 图形处理器</translation>
  </message>
  <message>
   <source>As the system</source>
   <translation>跟随系统</translation>
  </message>
  <message>
   <source>Automatic: the fastest there is</source>
   <translation>自动：使用最快的设备</translation>
  </message>
  <message>
   <source>Balanced: good for most photographs</source>
   <translation>均衡：适合大多数照片</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>深色</translation>
  </message>
  <message>
   <source>How long a slider rests before the whole photograph is drawn; longer is easier on slow computers</source>
   <translation>滑块停下多久后绘制整张照片；较慢的电脑可以设长一些</translation>
  </message>
  <message>
   <source>How much time is spent on learning a face when it is clicked</source>
   <translation>点击人脸后用多少时间学习它</translation>
  </message>
  <message>
   <source>How often unsaved work is kept, in case the program or the computer stops</source>
   <translation>每隔多久保留一次未保存的工作，以防程序或电脑意外停止</translation>
  </message>
  <message>
   <source>Keep &amp;unsaved work every</source>
   <translation>保留未保存工作的间隔(&amp;U)</translation>
  </message>
  <message>
   <source>Keep these settings</source>
   <translation>保留这些设置</translation>
  </message>
  <message>
   <source>Learning a &amp;face</source>
   <translation>学习人脸(&amp;F)</translation>
  </message>
  <message>
   <source>Leave everything as it was</source>
   <translation>保持原样</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>浅色</translation>
  </message>
  <message>
   <source>Light or dark window</source>
   <translation>浅色或深色窗口</translation>
  </message>
  <message>
   <source>NVIDIA graphics card</source>
   <translation>NVIDIA 显卡</translation>
  </message>
  <message>
   <source>Preferences</source>
   <translation>首选项</translation>
  </message>
  <message>
   <source>Processor</source>
   <translation>处理器</translation>
  </message>
  <message>
   <source>Quick: a first look</source>
   <translation>快速：先看看效果</translation>
  </message>
  <message>
   <source>The language of menus and messages</source>
   <translation>菜单和消息的语言</translation>
  </message>
  <message>
   <source>The part of this computer that draws faces</source>
   <translation>用这台电脑的哪个部件绘制人脸</translation>
  </message>
  <message>
   <source>Thorough: closest to the person, takes longest</source>
   <translation>细致：最像本人，耗时最长</translation>
  </message>
 </context>
 <context>
  <name>RecoveryDialog</name>
  <message numerus="yes">
   <source>%n project(s) with unsaved changes can be recovered.</source>
   <translation>
    <numerusform>可以恢复 %n 个有未保存更改的项目。</numerusform>
   </translation>
  </message>
  <message>
   <source>&amp;Continue</source>
   <translation>继续(&amp;C)</translation>
  </message>
  <message>
   <source>A photograph</source>
   <translation>一张照片</translation>
  </message>
  <message>
   <source>Ask again at the next start</source>
   <translation>下次启动时再询问</translation>
  </message>
  <message>
   <source>Ask me &amp;later</source>
   <translation>以后再问(&amp;L)</translation>
  </message>
  <message>
   <source>Choose the one to open now. The others are offered again at the next start.</source>
   <translation>请选择现在要打开的项目。其余的会在下次启动时再次提供。</translation>
  </message>
  <message>
   <source>Delete the unsaved changes; a saved project stays as it is</source>
   <translation>删除未保存的更改；已保存的项目保持不变</translation>
  </message>
  <message>
   <source>Discard</source>
   <translation>放弃</translation>
  </message>
  <message>
   <source>Do with each project what is chosen above</source>
   <translation>按上面的选择处理每个项目</translation>
  </message>
  <message>
   <source>Keep everything, and ask again at the next start</source>
   <translation>全部保留，下次启动时再询问</translation>
  </message>
  <message>
   <source>Keep for later</source>
   <translation>留待以后</translation>
  </message>
  <message>
   <source>Kept {}</source>
   <translation>保留于 {}</translation>
  </message>
  <message>
   <source>Never saved as a project</source>
   <translation>从未保存为项目</translation>
  </message>
  <message>
   <source>Open it as it was</source>
   <translation>按当时的状态打开</translation>
  </message>
  <message>
   <source>Project: {}</source>
   <translation>项目：{}</translation>
  </message>
  <message>
   <source>Recover</source>
   <translation>恢复</translation>
  </message>
  <message>
   <source>Recover unsaved work</source>
   <translation>恢复未保存的工作</translation>
  </message>
  <message>
   <source>latentedit did not close as it should</source>
   <translation>latentedit 上次没有正常关闭</translation>
  </message>
  <message>
   <source>{}: {}</source>
   <translation>{}：{}</translation>
  </message>
 </context>
 <context>
  <name>Results</name>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Drawing and measuring faces</source>
   <translation>正在绘制并测量人脸</translation>
  </message>
  <message>
   <source>Finding the direction</source>
   <translation>正在寻找方向</translation>
  </message>
  <message>
   <source>Finding what they depend on</source>
   <translation>正在寻找它们取决于什么</translation>
  </message>
  <message>
   <source>Guessing each face's group from the others</source>
   <translation>正在根据其他人脸推断每张脸的分组</translation>
  </message>
  <message>
   <source>Looking into the model</source>
   <translation>正在分析模型</translation>
  </message>
  <message>
   <source>Making random faces</source>
   <translation>正在生成随机人脸</translation>
  </message>
  <message>
   <source>Measuring how far each may go</source>
   <translation>正在测量每个方向的可用范围</translation>
  </message>
  <message>
   <source>Name what you like, and keep it.</source>
   <translation>给喜欢的结果取名并保留。</translation>
  </message>
  <message>
   <source>Nothing was found.</source>
   <translation>没有找到结果。</translation>
  </message>
  <message>
   <source>Preparing</source>
   <translation>正在准备</translation>
  </message>
  <message>
   <source>Stop the search; nothing is kept of it.</source>
   <translation>停止搜索；不保留任何结果。</translation>
  </message>
  <message>
   <source>Tried on a random face.</source>
   <translation>已在一张随机人脸上试用。</translation>
  </message>
  <message>
   <source>Tried on the open face.</source>
   <translation>已在当前人脸上试用。</translation>
  </message>
  <message>
   <source>Trying single switches</source>
   <translation>正在逐个尝试开关</translation>
  </message>
  <message>
   <source>{phase}, {number} of {total}</source>
   <translation>{phase}，{number} / {total}</translation>
  </message>
 </context>
 <context>
  <name>SampleButton</name>
  <message>
   <source>Click: group A. Again: group B. Again: neither. The keys A, B and Delete do it as well.</source>
   <translation>点击：A 组。再点：B 组。再点：不分组。也可以按 A、B 和 Delete 键。</translation>
  </message>
  <message>
   <source>Face {number}, {group}</source>
   <translation>人脸 {number}，{group}</translation>
  </message>
  <message>
   <source>in group A</source>
   <translation>在 A 组</translation>
  </message>
  <message>
   <source>in group B</source>
   <translation>在 B 组</translation>
  </message>
  <message>
   <source>in neither group</source>
   <translation>未分组</translation>
  </message>
 </context>
 <context>
  <name>SearchField</name>
  <message>
   <source>Empty the search</source>
   <translation>清空搜索</translation>
  </message>
 </context>
 <context>
  <name>SearchTab</name>
  <message>
   <source>&amp;Search</source>
   <translation>搜索(&amp;S)</translation>
  </message>
  <message>
   <source>Begin to look for directions.</source>
   <translation>开始寻找方向。</translation>
  </message>
  <message>
   <source>By an attribute</source>
   <translation>按属性</translation>
  </message>
  <message>
   <source>Draws random faces, measures an attribute on each, and finds what it depends on. Takes minutes. (InterFaceGAN)</source>
   <translation>绘制随机人脸，测量每张脸的某个属性，并找出它取决于什么。需要几分钟。(InterFaceGAN)</translation>
  </message>
  <message>
   <source>Finds single switches of the model that an attribute responds to. Takes many minutes. (StyleSpace)</source>
   <translation>找出模型中影响某个属性的单个开关。需要较长时间。(StyleSpace)</translation>
  </message>
  <message>
   <source>How faces differ most</source>
   <translation>人脸之间差异最大之处</translation>
  </message>
  <message>
   <source>How to search</source>
   <translation>搜索方式</translation>
  </message>
  <message>
   <source>In what random faces differ most from each other. Takes seconds. (GANSpace)</source>
   <translation>随机人脸之间差异最大之处。需要几秒。(GANSpace)</translation>
  </message>
  <message>
   <source>Measure how far each may go</source>
   <translation>测量每个方向的可用范围</translation>
  </message>
  <message>
   <source>Single switches of an attribute</source>
   <translation>某个属性的单个开关</translation>
  </message>
  <message>
   <source>Strongest changes</source>
   <translation>最强的变化</translation>
  </message>
  <message>
   <source>Tries each direction on a dozen faces, so that all sliders go equally far. Takes longer.</source>
   <translation>在十几张脸上试用每个方向，使所有滑块的幅度一致。需要更长时间。</translation>
  </message>
  <message>
   <source>What the model itself can change most. Takes a moment. (SeFa)</source>
   <translation>模型本身能产生的最大变化。只需片刻。(SeFa)</translation>
  </message>
  <message>
   <source>Where directions are looked for.</source>
   <translation>在哪里寻找方向。</translation>
  </message>
 </context>
 <context>
  <name>ShortcutsDialog</name>
  <message>
   <source> or </source>
   <translation> 或 </translation>
  </message>
  <message>
   <source>Action</source>
   <translation>操作</translation>
  </message>
  <message>
   <source>Back to the photograph</source>
   <translation>回到照片</translation>
  </message>
  <message>
   <source>Elsewhere</source>
   <translation>其他</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>键盘快捷键</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>按键</translation>
  </message>
  <message>
   <source>No shortcut is called that.</source>
   <translation>没有匹配的快捷键。</translation>
  </message>
  <message>
   <source>Search by name or key</source>
   <translation>按名称或按键搜索</translation>
  </message>
  <message>
   <source>Search shortcuts</source>
   <translation>搜索快捷键</translation>
  </message>
  <message>
   <source>Shortcuts</source>
   <translation>快捷键</translation>
  </message>
  <message>
   <source>Type a part of a name, or a key such as Ctrl</source>
   <translation>输入名称的一部分，或 Ctrl 之类的按键</translation>
  </message>
  <message>
   <source>What can be done from the keyboard</source>
   <translation>可以用键盘完成的操作</translation>
  </message>
 </context>
 <context>
  <name>SortTab</name>
  <message>
   <source>&amp;More faces</source>
   <translation>更多人脸(&amp;M)</translation>
  </message>
  <message>
   <source>A: {a}, B: {b}. {advice}</source>
   <translation>A：{a}，B：{b}。{advice}</translation>
  </message>
  <message>
   <source>At least {count} of each are needed.</source>
   <translation>每组至少需要 {count} 张。</translation>
  </message>
  <message>
   <source>Draw other random faces below these.</source>
   <translation>在下方绘制更多随机人脸。</translation>
  </message>
  <message>
   <source>Find what leads from group A to group B.</source>
   <translation>找出从 A 组到 B 组的变化。</translation>
  </message>
  <message>
   <source>Make the &amp;direction</source>
   <translation>生成方向(&amp;D)</translation>
  </message>
  <message>
   <source>Sort faces that differ in one thing: without it into A, with it into B. Each click goes from A to B to neither.</source>
   <translation>将仅在一点上不同的人脸分组：没有该特征的放入 A，有的放入 B。每次点击依次切换 A、B、不分组。</translation>
  </message>
  <message>
   <source>Start &amp;over</source>
   <translation>重新开始(&amp;O)</translation>
  </message>
  <message>
   <source>Take all faces out of their groups.</source>
   <translation>将所有人脸移出分组。</translation>
  </message>
  <message>
   <source>That is enough to try; {count} of each make a better one.</source>
   <translation>可以试一试了；每组 {count} 张效果更好。</translation>
  </message>
  <message>
   <source>That is plenty.</source>
   <translation>数量很充足。</translation>
  </message>
 </context>
 <context>
  <name>Sources</name>
  <message>
   <source>&amp;Photograph…</source>
   <translation>照片(&amp;P)…</translation>
  </message>
  <message>
   <source>A face to mix with</source>
   <translation>用于混合的人脸</translation>
  </message>
  <message>
   <source>A person that does not exist, number:</source>
   <translation>虚构的人，编号：</translation>
  </message>
  <message>
   <source>Cance&amp;l</source>
   <translation>取消(&amp;L)</translation>
  </message>
  <message>
   <source>Face {}</source>
   <translation>人脸 {}</translation>
  </message>
  <message>
   <source>Learning the other face</source>
   <translation>正在学习另一张脸</translation>
  </message>
  <message>
   <source>Learning the other face…</source>
   <translation>正在学习另一张脸…</translation>
  </message>
  <message>
   <source>Looking for faces in {}…</source>
   <translation>正在 {} 中查找人脸…</translation>
  </message>
  <message>
   <source>Mix with a face of another photograph or project.</source>
   <translation>与另一张照片或项目中的人脸混合。</translation>
  </message>
  <message>
   <source>Mix with a face that nobody has.</source>
   <translation>与一张不存在的人脸混合。</translation>
  </message>
  <message>
   <source>Mix with {}.</source>
   <translation>与“{}”混合。</translation>
  </message>
  <message>
   <source>Number of the person that does not exist</source>
   <translation>虚构的人的编号</translation>
  </message>
  <message>
   <source>Ra&amp;ndom face</source>
   <translation>随机人脸(&amp;N)</translation>
  </message>
  <message>
   <source>Stop learning the other face.</source>
   <translation>停止学习另一张脸。</translation>
  </message>
  <message>
   <source>Take this face of {}.</source>
   <translation>使用 {} 中的这张脸。</translation>
  </message>
  <message>
   <source>Type a number and press Enter: the same number is the same face every time.</source>
   <translation>输入编号后按回车键：同一编号每次都是同一张脸。</translation>
  </message>
  <message>
   <source>Which of these faces?</source>
   <translation>用哪一张脸？</translation>
  </message>
 </context>
 <context>
  <name>SplitHandle</name>
  <message>
   <source>Border between before and after</source>
   <translation>修改前后的分界线</translation>
  </message>
  <message>
   <source>Drag to compare before and after. Arrow keys move it, a double click brings it back to the middle.</source>
   <translation>拖动以对比修改前后。方向键可移动它，双击让它回到中间。</translation>
  </message>
 </context>
 <context>
  <name>Stage</name>
  <message numerus="yes">
   <source>%n face(s).</source>
   <translation>
    <numerusform>%n 张脸。</numerusform>
   </translation>
  </message>
  <message>
   <source>Click to edit this face</source>
   <translation>点击以编辑这张脸</translation>
  </message>
  <message>
   <source>Face {number}: {state}.</source>
   <translation>人脸 {number}：{state}。</translation>
  </message>
  <message>
   <source>Getting to know this face</source>
   <translation>正在学习这张脸</translation>
  </message>
  <message>
   <source>Photograph</source>
   <translation>照片</translation>
  </message>
  <message>
   <source>Ready to edit</source>
   <translation>可以编辑</translation>
  </message>
 </context>
 <context>
  <name>StartPage</name>
  <message>
   <source>&amp;Open a photograph…</source>
   <translation>打开照片(&amp;O)…</translation>
  </message>
  <message>
   <source>&amp;Paste from the clipboard</source>
   <translation>从剪贴板粘贴(&amp;P)</translation>
  </message>
  <message>
   <source>A photograph, or a project that was saved</source>
   <translation>一张照片，或已保存的项目</translation>
  </message>
  <message>
   <source>A picture that was copied in another program</source>
   <translation>在其他程序中复制的图片</translation>
  </message>
  <message>
   <source>Drop it here. Nothing leaves this computer, and the photograph itself is never changed.</source>
   <translation>拖放到此处。任何内容都不会离开这台电脑，照片原件也不会被改动。</translation>
  </message>
  <message>
   <source>Open a photograph, and its faces become sliders</source>
   <translation>打开一张照片，用滑块调整其中的人脸</translation>
  </message>
  <message>
   <source>Recent</source>
   <translation>最近打开</translation>
  </message>
 </context>
 <context>
  <name>StatusLine</name>
  <message>
   <source>Drawing…</source>
   <translation>正在绘制…</translation>
  </message>
  <message>
   <source>latentedit {}</source>
   <translation>latentedit {}</translation>
  </message>
  <message>
   <source>{} %</source>
   <translation>{}%</translation>
  </message>
  <message>
   <source>{} · {} × {} pixels</source>
   <translation>{} · {} × {} 像素</translation>
  </message>
 </context>
 <context>
  <name>TimeLeft</name>
  <message numerus="yes">
   <source>about %n minute(s) left</source>
   <translation>
    <numerusform>约剩 %n 分钟</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>about %n second(s) left</source>
   <translation>
    <numerusform>约剩 %n 秒</numerusform>
   </translation>
  </message>
  <message>
   <source>almost done</source>
   <translation>即将完成</translation>
  </message>
 </context>
 <context>
  <name>TranslatePanel</name>
  <message>
   <source>&amp;Choose a network…</source>
   <translation>选择网络(&amp;C)…</translation>
  </message>
  <message>
   <source>&amp;Save the result…</source>
   <translation>保存结果(&amp;S)…</translation>
  </message>
  <message>
   <source>&amp;Translate</source>
   <translation>转换(&amp;T)</translation>
  </message>
  <message>
   <source>A file such as latest_net_G.pth; nothing in it is run</source>
   <translation>例如 latest_net_G.pth 这样的文件；不会运行其中的任何内容</translation>
  </message>
  <message>
   <source>C&amp;ancel</source>
   <translation>取消(&amp;A)</translation>
  </message>
  <message>
   <source>Choose a network</source>
   <translation>选择网络</translation>
  </message>
  <message>
   <source>Draw it with this network</source>
   <translation>用此网络绘制</translation>
  </message>
  <message>
   <source>Networks (*.pth *.pt *.safetensors)</source>
   <translation>网络 (*.pth *.pt *.safetensors)</translation>
  </message>
  <message>
   <source>Networks of CycleGAN, pix2pix and AnimeGANv2 draw a picture in another manner.</source>
   <translation>CycleGAN、pix2pix 和 AnimeGANv2 的网络能以另一种风格绘制图片。</translation>
  </message>
  <message>
   <source>No network is chosen.</source>
   <translation>尚未选择网络。</translation>
  </message>
  <message>
   <source>Open a photograph first.</source>
   <translation>请先打开一张照片。</translation>
  </message>
  <message>
   <source>Pictures (*.png *.jpg *.webp *.tif)</source>
   <translation>图片 (*.png *.jpg *.webp *.tif)</translation>
  </message>
  <message>
   <source>Save the result</source>
   <translation>保存结果</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>The whole photograph</source>
   <translation>整张照片</translation>
  </message>
  <message>
   <source>This face</source>
   <translation>这张脸</translation>
  </message>
  <message>
   <source>Translate</source>
   <translation>转换</translation>
  </message>
  <message>
   <source>What is drawn anew, with its edits</source>
   <translation>重新绘制的内容，包括其编辑</translation>
  </message>
  <message>
   <source>What is translated</source>
   <translation>要转换的内容</translation>
  </message>
  <message>
   <source>Write it as a picture, marked as made with AI</source>
   <translation>写成图片，并标记为由 AI 生成</translation>
  </message>
 </context>
 <context>
  <name>UnsavedQuestion</name>
  <message>
   <source>&amp;Don't save</source>
   <translation>不保存(&amp;D)</translation>
  </message>
  <message>
   <source>&amp;Save</source>
   <translation>保存(&amp;S)</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Close it without the changes</source>
   <translation>不保留更改直接关闭</translation>
  </message>
  <message>
   <source>Go on editing</source>
   <translation>继续编辑</translation>
  </message>
  <message>
   <source>Save the changes to {}?</source>
   <translation>要保存对 {} 的更改吗？</translation>
  </message>
  <message>
   <source>Save the project, then close it</source>
   <translation>保存项目后关闭</translation>
  </message>
  <message>
   <source>Unsaved changes</source>
   <translation>未保存的更改</translation>
  </message>
  <message>
   <source>What you did since you saved last is lost if you don't. The photograph itself stays as it is.</source>
   <translation>如果不保存，上次保存之后的操作将会丢失。照片本身不受影响。</translation>
  </message>
 </context>
 <context>
  <name>VariationsPanel</name>
  <message>
   <source>&amp;Keep</source>
   <translation>保留(&amp;K)</translation>
  </message>
  <message>
   <source>&amp;More</source>
   <translation>更多(&amp;M)</translation>
  </message>
  <message>
   <source>Colour</source>
   <translation>颜色</translation>
  </message>
  <message>
   <source>Features</source>
   <translation>五官</translation>
  </message>
  <message>
   <source>How far colour, light and skin vary.</source>
   <translation>颜色、光线和皮肤的变化幅度。</translation>
  </message>
  <message>
   <source>How far pose, hair style and the shape of the face vary.</source>
   <translation>姿态、发型和脸形的变化幅度。</translation>
  </message>
  <message>
   <source>How far the parts of the face, expression and hair vary.</source>
   <translation>五官、表情和头发的变化幅度。</translation>
  </message>
  <message>
   <source>Keep the variation that was clicked, and show neighbours of the face that it made.</source>
   <translation>保留点击的变体，并显示与新面孔相近的变体。</translation>
  </message>
  <message>
   <source>Keep this face in the grid when more are shown.</source>
   <translation>显示更多变体时，保留网格中的这张脸。</translation>
  </message>
  <message>
   <source>Lock variation {}</source>
   <translation>锁定变体 {}</translation>
  </message>
  <message>
   <source>Shape</source>
   <translation>形状</translation>
  </message>
  <message>
   <source>Show other faces in place of those that are not locked.</source>
   <translation>用其他人脸替换未锁定的人脸。</translation>
  </message>
  <message>
   <source>Take &amp;back</source>
   <translation>撤销(&amp;B)</translation>
  </message>
  <message>
   <source>Take the variation that was clicked back.</source>
   <translation>撤销点击的变体。</translation>
  </message>
  <message>
   <source>Variation {}</source>
   <translation>变体 {}</translation>
  </message>
  <message>
   <source>Variations</source>
   <translation>变体</translation>
  </message>
  <message>
   <source>Vary the face toward the random face {}.</source>
   <translation>让这张脸向随机人脸 {} 变化。</translation>
  </message>
 </context>
 <context>
  <name>WhatToDo</name>
  <message>
   <source>Add a &amp;direction</source>
   <translation>添加方向(&amp;D)</translation>
  </message>
  <message>
   <source>Directions chosen here</source>
   <translation>在此选择的方向</translation>
  </message>
  <message>
   <source>No face is open that could be an example. Open one, or choose directions.</source>
   <translation>没有可作示例的已打开人脸。请打开一张，或选择方向。</translation>
  </message>
  <message>
   <source>Nothing was done to the open face yet.</source>
   <translation>当前打开的人脸还没有编辑。</translation>
  </message>
  <message>
   <source>One more thing that is to change.</source>
   <translation>再添加一项要改变的内容。</translation>
  </message>
  <message>
   <source>Other photographs cannot have: {}.</source>
   <translation>其他照片不能使用：{}。</translation>
  </message>
  <message>
   <source>There are no directions for this model yet.</source>
   <translation>此模型还没有方向。</translation>
  </message>
  <message>
   <source>What is done to every face of every photograph.</source>
   <translation>对每张照片的每张人脸要做什么。</translation>
  </message>
  <message>
   <source>What the open face has</source>
   <translation>与当前打开的人脸相同</translation>
  </message>
  <message>
   <source>What to do</source>
   <translation>要做什么</translation>
  </message>
 </context>
 <context>
  <name>_Grip</name>
  <message>
   <source>Drag to move this edit.</source>
   <translation>拖动以移动这项编辑。</translation>
  </message>
 </context>
</TS>
