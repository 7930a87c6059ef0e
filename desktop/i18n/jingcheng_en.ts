<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
  <context>
    <name>window</name>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>{0}（{1}）</source>
      <translation>{0} ({1})</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>一个区</source>
      <translation>One district</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>不选</source>
      <translation>Must not</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>为什么这样？</source>
      <translation>Why Is This So?</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>保存</source>
      <translation>Save</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>保持现状</source>
      <translation>Keep as it is</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>停止并采用当前最优</source>
      <translation>Stop and use the best so far</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>全图</source>
      <translation>Whole city</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>全市 11 个区</source>
      <translation>Whole city, 11 districts</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>全部显示</source>
      <translation>Show all</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>全部隐藏</source>
      <translation>Hide all</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>关于净城</source>
      <translation>About Jingcheng</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>删除所选手绘用地</source>
      <translation>Remove the drawn land selected</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>删除方案</source>
      <translation>Delete scenario</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>取消计算</source>
      <translation>Cancel the run</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>另存为…</source>
      <translation>Save as…</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>命令面板…</source>
      <translation>Command palette…</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>图层</source>
      <translation>Layers</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>导出方案为 GeoJSON…</source>
      <translation>Export the plan as GeoJSON…</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>属性表</source>
      <translation>Attribute table</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>工具</source>
      <translation>Tools</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>帮助</source>
      <translation>Help</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>平移</source>
      <translation>Pan</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>平移：也可按住空格或中键拖动</source>
      <translation>Pan: or drag with the space bar or the middle button</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>必选</source>
      <translation>Must</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>恢复默认布局</source>
      <translation>Restore the arrangement</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>打开…</source>
      <translation>Open…</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>指标与达标</source>
      <translation>Figures and targets</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>撤销</source>
      <translation>Undo</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>改名</source>
      <translation>Rename</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>放大</source>
      <translation>Zoom in</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>文件</source>
      <translation>File</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>时刻表</source>
      <translation>Timetable</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>显示全图</source>
      <translation>Show the whole city</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>最近打开</source>
      <translation>Open recent</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>未作业清单</source>
      <translation>List of what is not served</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>查找…</source>
      <translation>Find…</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>框选放大</source>
      <translation>Zoom to box</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>框选放大：拖出一个矩形</source>
      <translation>Zoom to box: drag a rectangle</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>欢迎卡片</source>
      <translation>Welcome card</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>浅色</source>
      <translation>Light</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>深色</source>
      <translation>Dark</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>特大城市（20 万路段）</source>
      <translation>Metropolis (200,000 street segments)</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>班次甘特</source>
      <translation>Shifts</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>由当前方案新建</source>
      <translation>New scenario from this one</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>画备选用地</source>
      <translation>Draw a candidate site</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>画备选用地：逐点单击，双击结束</source>
      <translation>Draw a candidate site: click corner by corner, double-click to end</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>示例城市</source>
      <translation>Sample city</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>窗口</source>
      <translation>Window</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>站点负荷</source>
      <translation>Station load</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>线路表</source>
      <translation>Table of routes</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>结果</source>
      <translation>Results</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>编辑</source>
      <translation>Edit</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>缩小</source>
      <translation>Zoom out</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>缩放到所选</source>
      <translation>Zoom to selection</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>规划</source>
      <translation>Plan</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>视图</source>
      <translation>View</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>解除锁定</source>
      <translation>Take the lock away</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>计算</source>
      <translation>Plan</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>语言</source>
      <translation>Language</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>说明地图上光标所指之处：为何在此或不在此</source>
      <translation>Explain the place under the cursor on the map: why here, or why not</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>说明所选对象为何如此，并查找最小改动</source>
      <translation>Say why what is selected is as it is, and look for the smallest change</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>说明此处</source>
      <translation>Explain this place</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>跟随系统</source>
      <translation>As the system</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>达标看板</source>
      <translation>Targets</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>退出</source>
      <translation>Quit</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>选址表</source>
      <translation>Table of sites</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>选址锁定</source>
      <translation>Lock the site</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>选择</source>
      <translation>Select</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>选择：单击查看对象</source>
      <translation>Select: click to see an object</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>配色</source>
      <translation>Colours</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>重做</source>
      <translation>Redo</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>量测</source>
      <translation>Measure</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>量测长度与面积：逐点单击，双击结束</source>
      <translation>Measure length and area: click point by point, double click to end</translation>
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>锁定 / 解锁所选</source>
      <translation>Lock / unlock selection</translation>
    </message>
    <message>
      <location filename="../../desktop/attribute_rows.py" />
      <source>否</source>
      <translation>no</translation>
    </message>
    <message>
      <location filename="../../desktop/attribute_rows.py" />
      <source>推定值，非文件所给</source>
      <translation>Assumed, not from the file</translation>
    </message>
    <message>
      <location filename="../../desktop/attribute_rows.py" />
      <source>是</source>
      <translation>yes</translation>
    </message>
    <message>
      <location filename="../../desktop/attribute_rows.py" />
      <source>编号</source>
      <translation>Id</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/attributes.py" />
      <source>修改{0}</source>
      <translation>Change {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/attributes.py" />
      <source>导出表格</source>
      <translation>Export table</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/attributes.py" />
      <source>已标出 {0} 个对象；单击地图取消</source>
      <translation>{0} objects are marked; click the map to undo that</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/attributes.py" />
      <source>表中有 {0} 行，最多标出 {1} 行；请先筛选</source>
      <translation>The table has {0} rows, at most {1} are marked; filter first</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/board.py" />
      <source>删除填报</source>
      <translation>Remove entry</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/board.py" />
      <source>填报指标</source>
      <translation>Enter a figure</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>净城项目 (*.gpkg)</source>
      <translation>Jingcheng project (*.gpkg)</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>准备示例城市</source>
      <translation>Making the sample city</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>另存为</source>
      <translation>Save as</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>城市与项目 ({0});;所有文件 (*)</source>
      <translation>Cities and projects ({0});;All files (*)</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>导出方案</source>
      <translation>Export the plan</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>尚未保存</source>
      <translation>Not saved</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>已保存 {0}</source>
      <translation>Saved {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>已导出 {0}</source>
      <translation>Exported {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>已打开 {0}</source>
      <translation>Opened {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>当前项目有未保存的修改。要先保存吗？</source>
      <translation>The open project has changes that are not saved. Save them first?</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>打开 {0}</source>
      <translation>Opening {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>打开城市</source>
      <translation>Open a city</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>正在保存 {0}</source>
      <translation>Saving {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/frame.py" />
      <source>净城 Jingcheng</source>
      <translation>Jingcheng</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/frame.py" />
      <source>城市环卫桌面 GIS 规划软件。本版编制道路机扫、垃圾收运与选址方案。</source>
      <translation>Desktop GIS for planning city sanitation. This version plans mechanised sweeping, waste collection and sites.</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/frame.py" />
      <source>每个方案都由不含求解器的代码独立校核。</source>
      <translation>Every plan is checked by code that has no solver in it.</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/here.py" />
      <source>删除备选用地</source>
      <translation>removal of a candidate site</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/here.py" />
      <source>复制坐标</source>
      <translation>Copy the coordinates</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/here.py" />
      <source>已删除备选用地“{0}”</source>
      <translation>Candidate site “{0}” removed</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/here.py" />
      <source>已添加备选用地：{0}</source>
      <translation>Candidate site added: {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/here.py" />
      <source>手绘用地</source>
      <translation>Drawn land</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/locks.py" />
      <source>已按“{0}”锁定 {1} 处；再次计算即得此方案</source>
      <translation>Locked as in “{0}”: {1} sites; plan again to have it</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/locks.py" />
      <source>解锁</source>
      <translation>Unlock</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/locks.py" />
      <source>锁定为相近方案</source>
      <translation>lock of an alternative</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/plans.py" />
      <source>、</source>
      <translation>, </translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/plans.py" />
      <source>作业 {0}，空驶 {1}</source>
      <translation>{0} of work, {1} of empty driving</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/plans.py" />
      <source>已删除方案“{0}”</source>
      <translation>Deleted scenario “{0}”</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/plans.py" />
      <source>第 {0} 天</source>
      <translation>Day {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/plans.py" />
      <source>锁定</source>
      <translation>Lock</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/runs.py" />
      <source>{0}：{1} 条线路，{4} 处变更，未作业 {2}，校核错误 {3}</source>
      <translation>{0}: {1} routes, {4} changes, {2} not served, {3} faults</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/runs.py" />
      <source>已取消计算，原来的方案不变</source>
      <translation>The run was cancelled; the plan from before stays</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/runs.py" />
      <source>开始计算 {0}</source>
      <translation>Planning {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/runs.py" />
      <source>正在查找原因与最小改动…</source>
      <translation>Looking for the reason and the smallest change…</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/runs.py" />
      <source>重新计算</source>
      <translation>Plan again</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/sites.py" />
      <source>{0}，能力 {1}</source>
      <translation>{0} of {1}</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/sites.py" />
      <source>强制代价 {0}</source>
      <translation>forcing it costs {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/sites.py" />
      <source>所指位置</source>
      <translation>Place pointed at</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/sites.py" />
      <source>方案得出</source>
      <translation>by the plan</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/sites.py" />
      <source>服务 {0} 处：{1}，最远 {2}</source>
      <translation>Serves {0}: {1}, {2} at the farthest</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/sites.py" />
      <source>由 {0} 服务，{1}</source>
      <translation>Served by {0}, {1} away</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/sites.py" />
      <source>运往 {0}，{1}</source>
      <translation>Goes on to {0}, {1} away</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/sites.py" />
      <source>（{0}）</source>
      <translation> ({0})</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/views.py" />
      <source>依次单击用地的角点；双击或回车结束，退格退回一点，Esc 取消</source>
      <translation>Click the corners of the land; double-click or Enter ends, Backspace takes one back, Esc cancels</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/views.py" />
      <source>参考图层</source>
      <translation>Reference layers</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/views.py" />
      <source>坐标 {0}, {1} m 距本城 {2}；请检查次序与坐标系</source>
      <translation>{0}, {1} m lies {2} off this city; check order and coordinate system</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/views.py" />
      <source>城市</source>
      <translation>City</translation>
    </message>
    <message>
      <location filename="../../desktop/controllers/views.py" />
      <source>规划结果</source>
      <translation>Plan</translation>
    </message>
    <message>
      <location filename="../../desktop/crash.py" />
      <source>程序内部错误</source>
      <translation>A bug of ours</translation>
    </message>
    <message>
      <location filename="../../desktop/crash.py" />
      <source>程序出现内部错误，但仍在运行。请先保存，再把日志发给我们：
{0}</source>
      <translation>Something went wrong inside the program, which goes on running. Please save, then send us the log:
{0}</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>作业数</source>
      <translation>Services</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>作业里程</source>
      <translation>Served</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>出场</source>
      <translation>Out</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>卸料次数</source>
      <translation>Dumps</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>原因</source>
      <translation>Reason</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>参数</source>
      <translation>Parameters</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>回场</source>
      <translation>Back</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>对象</source>
      <translation>Object</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>工作量</source>
      <translation>Work</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>方案</source>
      <translation>Scenarios</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>日志</source>
      <translation>Log</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>最小改动</source>
      <translation>Smallest change</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>未作业</source>
      <translation>Not served</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>未满足</source>
      <translation>Not served</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>没有未作业的对象，或尚未计算。</source>
      <translation>Nothing is left unserved, or nothing was planned yet.</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>班次</source>
      <translation>Shift</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>用时</source>
      <translation>Time</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>空驶里程</source>
      <translation>Empty</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>线路</source>
      <translation>Routes</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>补给次数</source>
      <translation>Refills</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>装载量</source>
      <translation>Load</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>车辆</source>
      <translation>Vehicle</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>还没有线路。计算后，每辆车每班一行。</source>
      <translation>No routes yet. After planning there is a line for each vehicle and shift.</translation>
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>选址</source>
      <translation>Sites</translation>
    </message>
    <message>
      <location filename="../../desktop/furnish.py" />
      <source>没有找到“{0}”</source>
      <translation>Nothing found for “{0}”</translation>
    </message>
    <message>
      <location filename="../../desktop/main_window.py" />
      <source>{0} — {1}（{2}）</source>
      <translation>{0} — {1} ({2})</translation>
    </message>
    <message>
      <location filename="../../desktop/main_window.py" />
      <source>净城</source>
      <translation>Jingcheng</translation>
    </message>
    <message>
      <location filename="../../desktop/main_window.py" />
      <source>已保存</source>
      <translation>saved</translation>
    </message>
    <message>
      <location filename="../../desktop/main_window.py" />
      <source>未保存</source>
      <translation>not saved</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/attributes.py" />
      <source>{0} / {1}</source>
      <translation>{0} / {1}</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/attributes.py" />
      <source>{0} 行</source>
      <translation>{0} rows</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/attributes.py" />
      <source>合计</source>
      <translation>sum</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/attributes.py" />
      <source>在图上标出</source>
      <translation>Mark on map</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/attributes.py" />
      <source>在地图上标出表中的行并缩放到它们</source>
      <translation>Mark the rows of the table on the map and zoom to them</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/attributes.py" />
      <source>导出表格…</source>
      <translation>Export table…</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/attributes.py" />
      <source>平均</source>
      <translation>mean</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/attributes.py" />
      <source>最大</source>
      <translation>most</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/attributes.py" />
      <source>最小</source>
      <translation>least</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/attributes.py" />
      <source>筛选：文字，或表达式，如 车行道宽度 &gt;= 8</source>
      <translation>Filter: text, or an expression such as width_m &gt;= 8</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/attributes.py" />
      <source>还没有数据。打开城市后，每个图层的对象在此逐行列出。</source>
      <translation>No data yet. Once a city is open, the objects of each layer are listed here row by row.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>依据文件</source>
      <translation>Document</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>全市</source>
      <translation>Whole city</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>全部指标</source>
      <translation>All</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>填报</source>
      <translation>Enter</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>差 {0}</source>
      <translation>{0} short</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>已达标</source>
      <translation>Met</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>年-月-日</source>
      <translation>Year-month-day</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>待“{0}”计算</source>
      <translation>to be planned by “{0}”</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>指标</source>
      <translation>Target</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>接近</source>
      <translation>Nearly</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>数值</source>
      <translation>Figure</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>数据来自</source>
      <translation>Figure from</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>未测</source>
      <translation>not measured</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>未达标</source>
      <translation>Missed</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>来源，如 市城管局年报</source>
      <translation>Source, such as the annual report</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>没有这一类指标。</source>
      <translation>No target is so.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>现值</source>
      <translation>Figure</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>筛选：指标、区、文件…</source>
      <translation>Filter: target, district, document…</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>结论</source>
      <translation>Verdicts</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>范围</source>
      <translation>Scope</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>要求</source>
      <translation>Wanted</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>超 {0}</source>
      <translation>{0} over</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>达标</source>
      <translation>met</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>还没有城市。打开城市后，所有文件的指标列在这里。</source>
      <translation>No city yet. Once one is open, the targets of all documents are listed here.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>选一行，可填报方案算不出的数据，须注明日期与来源。</source>
      <translation>Choose a row to enter a figure that no plan computes, with its date and source.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/board.py" />
      <source>需人工填报</source>
      <translation>to be entered by hand</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/cards.py" />
      <source>停止</source>
      <translation>Stop</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/cards.py" />
      <source>关闭</source>
      <translation>Close</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/cards.py" />
      <source>净城 · 城市环卫规划</source>
      <translation>Jingcheng · city sanitation</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/cards.py" />
      <source>可先用示例城市试算：按 F9 计算机扫方案。也可以打开本市的数据：</source>
      <translation>Try the sample city: F9 plans the sweeping. Or open your own city:</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/cards.py" />
      <source>小示例</source>
      <translation>Small sample</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/cards.py" />
      <source>打开城市…</source>
      <translation>Open a city…</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/cards.py" />
      <source>正在启动读取进程</source>
      <translation>starting the reader</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/day_card.py" />
      <source>全部 {0} 天</source>
      <translation>All {0} days</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/day_card.py" />
      <source>前一天</source>
      <translation>The day before</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/day_card.py" />
      <source>后一天</source>
      <translation>The day after</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/day_card.py" />
      <source>拖到最左为全部日期</source>
      <translation>Far left: all days</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/day_card.py" />
      <source>显示的日期</source>
      <translation>Day shown</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/fields.py" />
      <source>经度,纬度;…</source>
      <translation>LON,LAT;…</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/form.py" />
      <source>依据：{0}{1}</source>
      <translation>Source: {0}{1}</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/form.py" />
      <source>恢复默认值</source>
      <translation>Back to the default</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/form.py" />
      <source>范围：{0}</source>
      <translation>Bounds: {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/form.py" />
      <source>默认：{0}</source>
      <translation>Default: {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/form.py" />
      <source>（地方规定）</source>
      <translation> (a local rule)</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/gantt.py" />
      <source>第 {0} 趟</source>
      <translation>Trip {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/gantt.py" />
      <source>计算后，每辆车的班次会画在这里。</source>
      <translation>After planning, the shifts of every vehicle are drawn here.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/layers_tree.py" />
      <source>双击缩放到此图层</source>
      <translation>Double click to zoom to this layer</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/layers_tree.py" />
      <source>只显示此图层</source>
      <translation>Show this layer alone</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/layers_tree.py" />
      <source>打开属性表</source>
      <translation>Open attribute table</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/layers_tree.py" />
      <source>缩放到图层</source>
      <translation>Zoom to layer</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/layers_tree.py" />
      <source>还没有城市。打开一个城市文件，图层会列在这里。</source>
      <translation>No city yet. Open one, and its layers are listed here.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/log.py" />
      <source>打开、计算、保存时发生的事会记在这里。</source>
      <translation>What happens while opening, planning and saving is noted here.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>不选：方案不得采用此处；再按一次解除</source>
      <translation>Must not: the plan may not use this site; press again to free it</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>保持</source>
      <translation>Keep</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>保持：此处维持现状；再按一次解除</source>
      <translation>Keep: it stays as it is; press again to free it</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>原值越界</source>
      <translation>refused</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>原有列</source>
      <translation>own column</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>在地图、表格或搜索框中选中一个对象，它的属性与来源会列在这里。</source>
      <translation>Select an object on the map, in a table or by search; its attributes and their origin are listed here.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>必选：方案必须采用此处；再按一次解除</source>
      <translation>Must: the plan has to use this site; press again to free it</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>推定</source>
      <translation>assumed</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>本方案的安排</source>
      <translation>In this plan</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>给定</source>
      <translation>given</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>缺</source>
      <translation>missing</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/palette.py" />
      <source>没有这样的命令</source>
      <translation>No such command</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/palette.py" />
      <source>输入命令</source>
      <translation>Type a command</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/params.py" />
      <source>另有 {0} 处</source>
      <translation>{0} more</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/params.py" />
      <source>打开一个城市后，在这里设定规划参数。</source>
      <translation>Open a city, then set the parameters here.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/params.py" />
      <source>方案名称</source>
      <translation>Name of the scenario</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/params.py" />
      <source>约束本单位的文件（不选则全部参与评判）</source>
      <translation>Documents that bind (none chosen: all are judged by)</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/params.py" />
      <source>规划器</source>
      <translation>Planner</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/params.py" />
      <source>选中一处设施或备选用地，锁定为必选、不选或保持。</source>
      <translation>Select a facility or a candidate site to lock it: must, must not or keep.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/params.py" />
      <source>选中一段已作业的道路，按 L 锁定给现在的车辆。</source>
      <translation>Select a street that is served and press L to lock it to its vehicle.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/params.py" />
      <source>锁定 {0}</source>
      <translation>Locked {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>– 另有 {0} 项此方案未测</source>
      <translation>– {0} more are not measured by this plan</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>作业</source>
      <translation>Work</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>变更 {0}</source>
      <translation>Changes {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>可行</source>
      <translation>Feasible</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>已停止，采用当前最优</source>
      <translation>Stopped, best so far</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>引擎 {0}，种子 {1}，{2} 线程，搜索 {3}</source>
      <translation>engine {0}, seed {1}, {2} threads, searched {3}</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>所有应作业的路段都已安排。</source>
      <translation>Everything that is required is served.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>推定 {0}</source>
      <translation>Assumed {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>文件指标</source>
      <translation>Targets</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>无可行方案</source>
      <translation>Infeasible</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>最优</source>
      <translation>Optimal</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>未作业 {0}</source>
      <translation>Not served {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>未满足 {0}</source>
      <translation>Not served {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>查看全部 {0} 项</source>
      <translation>Show all {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>查看选址表</source>
      <translation>See the table of sites</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>校核发现 {0} 处错误</source>
      <translation>{0} faults found</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>校核通过</source>
      <translation>checked</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>校核错误 {0}</source>
      <translation>Faults {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>正在计算。算完后，指标与未作业路段会列在这里；当前最优方案已画在地图上。</source>
      <translation>Planning. Targets and what is not served are listed here when it is done; the best plan so far is drawn on the map.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>此方案没有可对照的文件指标。</source>
      <translation>No target of the documents applies to this scope.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>没有未满足的对象。</source>
      <translation>Nobody and nothing is left out.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>证明差距 {0}</source>
      <translation>proven gap {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>越低越好</source>
      <translation>the less the better</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>越高越好</source>
      <translation>the more the better</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>过期 · {0}</source>
      <translation>Out of date · {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>还没有方案。设好参数后计算，指标与未作业路段会列在这里。</source>
      <translation>No plan yet. Set the parameters and plan; figures and what is not served are listed here.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source> · 尚无可用方案</source>
      <translation> · no plan yet</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source> · 限时 {0}</source>
      <translation> · limit {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>停止并采用</source>
      <translation>Stop and use it</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>停止计算，保留原来的方案</source>
      <translation>Stop, and keep the plan from before</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>准备路网</source>
      <translation>Preparing the network</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>取消</source>
      <translation>Cancel</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>启动计算进程</source>
      <translation>Starting the worker</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>差距 {0}</source>
      <translation>gap {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>改进方案</source>
      <translation>Improving</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>构造初始方案</source>
      <translation>Building a first plan</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>校核</source>
      <translation>Checking</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>正在停止</source>
      <translation>Stopping</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>计算中 · {0}</source>
      <translation>Planning · {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>计算指标</source>
      <translation>Measuring</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>证明下界</source>
      <translation>Proving a bound</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>试算车队</source>
      <translation>Trying fleets</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>读取城市</source>
      <translation>Reading the city</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/scenarios.py" />
      <source>{0} 处错误</source>
      <translation>{0} faults</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/scenarios.py" />
      <source>尚未计算</source>
      <translation>not planned yet</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/scenarios.py" />
      <source>方案所用的图层已改动</source>
      <translation>layers that the plan was made from have changed</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/scenarios.py" />
      <source>计算之后改动过参数、资源或锁定</source>
      <translation>parameters, resources or locks were changed since</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/scenarios.py" />
      <source>过期</source>
      <translation>out of date</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/search.py" />
      <source>搜索</source>
      <translation>Search</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/search.py" />
      <source>搜索街道、设施、编号或坐标</source>
      <translation>Search streets, facilities, ids, coordinates</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/search.py" />
      <source>清空</source>
      <translation>Clear</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>A：已核对原文</source>
      <translation>A: wording of the code seen</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>B：转引，可信</source>
      <translation>B: second-hand, plausible</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>C：来源单一或不一致</source>
      <translation>C: one weak source, or sources disagree</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>G：本单位给定</source>
      <translation>G: given by the bureau</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>M：凭记忆，待确认</source>
      <translation>M: from memory, to be confirmed</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>– 未选</source>
      <translation>– not chosen</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>✓ 符合</source>
      <translation>✓ kept</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>✓ 采用</source>
      <translation>✓ chosen</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>✕ 不符</source>
      <translation>✕ broken</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>不同之处</source>
      <translation>Differs in</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>内容</source>
      <translation>What</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>区</source>
      <translation>District</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>占用</source>
      <translation>Used</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>变更</source>
      <translation>Changes</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>变更数</source>
      <translation>Changes</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>可信度</source>
      <translation>Certainty</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>名称</source>
      <translation>Name</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>回到本方案</source>
      <translation>Back to the plan</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>平均距离</source>
      <translation>Mean way</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>年份</source>
      <translation>Year</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>强制代价</source>
      <translation>Forcing it</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>把与本方案不同的选址锁定为此方案的样子；再次计算即得此方案的负荷与指标</source>
      <translation>Lock the sites in which it differs from the plan; plan again to have its loads and figures</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>投资</source>
      <translation>Cost</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>最远</source>
      <translation>Farthest</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>服务对象</source>
      <translation>Served</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>服务量</source>
      <translation>Load</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>条文</source>
      <translation>Clause</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>比本方案</source>
      <translation>Beside this</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>没有相近方案：没有找到目标值相近而选址不同的方案。</source>
      <translation>No alternatives: no plan nearly as good with other sites was found.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>目标值</source>
      <translation>Objective</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>相近方案</source>
      <translation>Alternatives</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>筛选：名称、区、规则</source>
      <translation>Filter: name, district, rule</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>能力</source>
      <translation>Capacity</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>规则</source>
      <translation>Rule</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>规模</source>
      <translation>Size</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>设施</source>
      <translation>Facility</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>说明</source>
      <translation>Reason</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>负荷</source>
      <translation>Loads</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>还没有变更。计算选址方案后，每处新建、改建、扩建、关闭各占一行。</source>
      <translation>No changes yet. Once a siting plan is made, each site built, rebuilt, extended or closed has a row.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>还没有服务关系。选址方案会列出每处设施的服务量与能力。</source>
      <translation>Nobody is served yet. A siting plan lists what comes to each facility beside its capacity.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>还没有结论。选址方案会逐一说明每处备选为何采用或不采用。</source>
      <translation>No verdicts yet. A siting plan says of each candidate why it was chosen or not.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>选址方案</source>
      <translation>Plan</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/sites.py" />
      <source>锁定为此方案</source>
      <translation>Lock as in this one</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/stations.py" />
      <source>{0} 辆同时卸料，本刻 {1}，累计 {2}</source>
      <translation>{0} unloading at once, {1} in this quarter, {2} so far</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/stations.py" />
      <source>{0}，{1} 车次</source>
      <translation>{0}, {1} visits</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/stations.py" />
      <source>同时卸料车辆（虚线：泊位）</source>
      <translation>Vehicles unloading at once (dashed: bays)</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/stations.py" />
      <source>日处理能力 {0}</source>
      <translation>Capacity {0} a day</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/stations.py" />
      <source>泊位 {0}</source>
      <translation>Bays {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/stations.py" />
      <source>累计卸料（虚线：日处理能力）</source>
      <translation>Unloaded so far (dashed: capacity of a day)</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/stations.py" />
      <source>计算后，各中转站每刻钟的卸料车辆与累计量会画在这里。</source>
      <translation>Once a plan is made, what comes to each station by the quarter of an hour is drawn here.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/switched.py" />
      <source>把表中的行写成 CSV，电子表格可直接打开</source>
      <translation>Writes the rows as CSV, which spreadsheets open</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/time_axis.py" />
      <source>次日</source>
      <translation>+1 d</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/timetable.py" />
      <source>停靠点</source>
      <translation>Stop</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/timetable.py" />
      <source>公示时刻表</source>
      <translation>Public notice</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/timetable.py" />
      <source>到达</source>
      <translation>Arrives</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/timetable.py" />
      <source>品类</source>
      <translation>Stream</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/timetable.py" />
      <source>在线路表、甘特图或地图上选中一辆车，它的逐站时刻会列在这里。</source>
      <translation>Select a vehicle in the routes, the Gantt or on the map: its times, stop by stop, are listed here.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/timetable.py" />
      <source>收运时刻</source>
      <translation>Time</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/timetable.py" />
      <source>收运量</source>
      <translation>Collected</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/timetable.py" />
      <source>收集点</source>
      <translation>Waste point</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/timetable.py" />
      <source>方案收运垃圾收集点时，每个点的公示时刻会列在这里。</source>
      <translation>Where a plan collects from waste points, the published time of each is listed here.</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/timetable.py" />
      <source>日</source>
      <translation>Days</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/timetable.py" />
      <source>离开</source>
      <translation>Leaves</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/timetable.py" />
      <source>筛选：点名、道路、车辆、时刻</source>
      <translation>Filter: point, street, vehicle, time</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/timetable.py" />
      <source>趟次</source>
      <translation>Trip</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/timetable.py" />
      <source>距上一停靠点</source>
      <translation>From last stop</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/timetable.py" />
      <source>车上载量</source>
      <translation>Aboard</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/timetable.py" />
      <source>车辆时刻表</source>
      <translation>By vehicle</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/timetable.py" />
      <source>道路</source>
      <translation>Street</translation>
    </message>
    <message>
      <location filename="../../desktop/panels/timetable.py" />
      <source>顺序</source>
      <translation>No.</translation>
    </message>
    <message>
      <location filename="../../desktop/recovery.py" />
      <source>上次没有正常退出，有 {0} 未保存的修改</source>
      <translation>The last session did not end properly; changes of {0} are not saved</translation>
    </message>
    <message>
      <location filename="../../desktop/recovery.py" />
      <source>已恢复未保存的修改</source>
      <translation>Changes that were not saved are back</translation>
    </message>
    <message>
      <location filename="../../desktop/recovery.py" />
      <source>恢复</source>
      <translation>Recover</translation>
    </message>
    <message>
      <location filename="../../desktop/route_sheet.py" />
      <source>—— 第 {0} 趟 ——</source>
      <translation>— Trip {0} —</translation>
    </message>
    <message>
      <location filename="../../desktop/route_sheet.py" />
      <source>休息</source>
      <translation>break</translation>
    </message>
    <message>
      <location filename="../../desktop/route_sheet.py" />
      <source>充电</source>
      <translation>Charging</translation>
    </message>
    <message>
      <location filename="../../desktop/route_sheet.py" />
      <source>加水</source>
      <translation>filling water</translation>
    </message>
    <message>
      <location filename="../../desktop/route_sheet.py" />
      <source>卸料</source>
      <translation>dumping</translation>
    </message>
    <message>
      <location filename="../../desktop/route_sheet.py" />
      <source>等待</source>
      <translation>waiting</translation>
    </message>
    <message>
      <location filename="../../desktop/route_sheet.py" />
      <source>行驶</source>
      <translation>driving</translation>
    </message>
    <message>
      <location filename="../../desktop/session.py" />
      <source>{0}（改动前）</source>
      <translation>{0} (before the change)</translation>
    </message>
    <message>
      <location filename="../../desktop/session.py" />
      <source>修改参数</source>
      <translation>change of a parameter</translation>
    </message>
    <message>
      <location filename="../../desktop/session.py" />
      <source>修改资源</source>
      <translation>change of resources</translation>
    </message>
    <message>
      <location filename="../../desktop/session.py" />
      <source>新建方案</source>
      <translation>new scenario</translation>
    </message>
    <message>
      <location filename="../../desktop/session.py" />
      <source>方案 1</source>
      <translation>Scenario 1</translation>
    </message>
    <message>
      <location filename="../../desktop/session.py" />
      <source>更换规划器</source>
      <translation>change of planner</translation>
    </message>
    <message>
      <location filename="../../desktop/session.py" />
      <source>选择文件</source>
      <translation>choice of documents</translation>
    </message>
    <message>
      <location filename="../../desktop/status.py" />
      <source>CGCS2000 / 3 度带 {0} 带（EPSG:{1}）</source>
      <translation>CGCS2000 / 3-degree zone {0} (EPSG:{1})</translation>
    </message>
    <message>
      <location filename="../../desktop/status.py" />
      <source>CGCS2000 / 3 度带 {0}E（EPSG:{1}）</source>
      <translation>CGCS2000 / 3-degree {0}E (EPSG:{1})</translation>
    </message>
    <message>
      <location filename="../../desktop/status.py" />
      <source>亩</source>
      <translation>mu</translation>
    </message>
    <message>
      <location filename="../../desktop/status.py" />
      <source>公顷</source>
      <translation>ha</translation>
    </message>
    <message>
      <location filename="../../desktop/status.py" />
      <source>计算  F9</source>
      <translation>Plan  F9</translation>
    </message>
    <message>
      <location filename="../../desktop/words.py" />
      <source>次日 {0}</source>
      <translation>{0} +1 d</translation>
    </message>
    <message>
      <location filename="../../desktop/words.py" />
      <source>第 {0} 年</source>
      <translation>year {0}</translation>
    </message>
    <message>
      <location filename="../../desktop/words.py" />
      <source>第 {1} 日 {0}</source>
      <translation>{0} (day {1})</translation>
    </message>
    <message>
      <location filename="../../desktop/words.py" />
      <source>锁定：不选</source>
      <translation>locked: must not</translation>
    </message>
    <message>
      <location filename="../../desktop/words.py" />
      <source>锁定：保持</source>
      <translation>locked: keep</translation>
    </message>
    <message>
      <location filename="../../desktop/words.py" />
      <source>锁定：必选</source>
      <translation>locked: must</translation>
    </message>
  </context>
</TS>
