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
   <source>&amp;Open…</source>
   <translation>打开(&amp;O)…</translation>
  </message>
  <message>
   <source>&amp;Outlines of faces</source>
   <translation>人脸轮廓(&amp;O)</translation>
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
   <source>All keys, to search</source>
   <translation>查找所有按键</translation>
  </message>
  <message>
   <source>Before on the left of a line, after on its right</source>
   <translation>分界线左侧为修改前，右侧为修改后</translation>
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
   <source>P&amp;references…</source>
   <translation>首选项(&amp;R)…</translation>
  </message>
  <message>
   <source>Paint where the face may change</source>
   <translation>涂抹允许改变的面部区域</translation>
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
   <source>See the whole photograph</source>
   <translation>显示整张照片</translation>
  </message>
  <message>
   <source>Show be&amp;fore</source>
   <translation>显示修改前(&amp;F)</translation>
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
   <source>Give the file a name that does not begin with a dot.</source>
   <translation>请给文件取一个不以点开头的名称。</translation>
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
   <source>All files (*)</source>
   <translation>所有文件 (*)</translation>
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
  <name>MainWindow</name>
  <message numerus="yes">
   <source>%n faces were found. Click one.</source>
   <translation>
    <numerusform>找到 %n 张人脸。请点击一张。</numerusform>
   </translation>
  </message>
  <message>
   <source>&amp;Panels</source>
   <translation>面板(&amp;P)</translation>
  </message>
  <message>
   <source>Click the face that you want to edit.</source>
   <translation>请点击您想编辑的人脸。</translation>
  </message>
  <message>
   <source>Drawing…</source>
   <translation>正在绘制…</translation>
  </message>
  <message>
   <source>Getting to know face {}</source>
   <translation>正在学习人脸 {}</translation>
  </message>
  <message>
   <source>Looking for faces</source>
   <translation>正在查找人脸</translation>
  </message>
  <message>
   <source>Main tools</source>
   <translation>主工具</translation>
  </message>
  <message>
   <source>No face was found in this photograph.</source>
   <translation>在这张照片中没有找到人脸。</translation>
  </message>
  <message>
   <source>Open &amp;recent</source>
   <translation>最近打开(&amp;R)</translation>
  </message>
  <message>
   <source>Opening {}</source>
   <translation>正在打开 {}</translation>
  </message>
  <message>
   <source>Show or hide this panel</source>
   <translation>显示或隐藏此面板</translation>
  </message>
  <message>
   <source>Take the middle of it</source>
   <translation>使用照片中央</translation>
  </message>
  <message>
   <source>The faces' edits will be forgotten.</source>
   <translation>对这些人脸所做的编辑将会丢失。</translation>
  </message>
  <message>
   <source>Tools on the photograph</source>
   <translation>照片上的工具</translation>
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
  <message>
   <source>{}[*] - latentedit</source>
   <translation>{}[*] - latentedit</translation>
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
   <source>This face is being prepared, or was not yet. Click it to begin.</source>
   <translation>这张脸正在学习中，或尚未学习。点击它即可开始。</translation>
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
   <source>Another language or device is used from the next start on.</source>
   <translation>更换语言或计算设备后，下次启动时生效。</translation>
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
  <message>
   <source>Click to edit this face</source>
   <translation>点击以编辑这张脸</translation>
  </message>
  <message>
   <source>Getting to know this face</source>
   <translation>正在学习这张脸</translation>
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
</TS>
