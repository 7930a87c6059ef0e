<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
  <context>
    <name>window</name>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>一个区</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>保存</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>停止并采用当前最优</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>全图</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>全市 11 个区</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>全部显示</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>全部隐藏</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>关于净城</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>删除方案</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>取消计算</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>另存为…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>命令面板…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>图层</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>导出方案为 GeoJSON…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>工具</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>帮助</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>平移</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>平移：也可按住空格或中键拖动</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>恢复默认布局</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>打开…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>指标与达标</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>撤销</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>改名</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>放大</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>文件</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>显示全图</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>最近打开</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>未作业清单</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>查找…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>框选放大</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>框选放大：拖出一个矩形</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>欢迎卡片</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>浅色</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>深色</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>特大城市（20 万路段）</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>班次甘特</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>由当前方案新建</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>示例城市</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>窗口</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>线路表</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>结果</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>编辑</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>缩小</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>缩放到所选</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>规划</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>视图</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>计算</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>语言</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>跟随系统</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>退出</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>选择</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>选择：单击查看对象</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>配色</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>重做</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>量测</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>量测长度与面积：逐点单击，双击结束</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/actions.py" />
      <source>锁定 / 解锁所选</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>净城项目 (*.gpkg)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>准备示例城市</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>另存为</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>城市与项目 ({0});;所有文件 (*)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>导出方案</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>尚未保存</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>已保存 {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>已导出 {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>已打开 {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>当前项目有未保存的修改。要先保存吗？</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>打开 {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>打开城市</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/files.py" />
      <source>正在保存 {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/plans.py" />
      <source>两侧</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/plans.py" />
      <source>右侧</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/plans.py" />
      <source>左侧</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/plans.py" />
      <source>已删除方案“{0}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/plans.py" />
      <source>解锁</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/plans.py" />
      <source>锁定</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/runs.py" />
      <source>{0}：{1} 条线路，未作业 {2}，校核错误 {3}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/runs.py" />
      <source>已取消计算，原来的方案不变</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/runs.py" />
      <source>开始计算 {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/runs.py" />
      <source>重新计算</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/views.py" />
      <source>净城 Jingcheng</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/views.py" />
      <source>参考图层</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/views.py" />
      <source>城市</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/views.py" />
      <source>城市环卫桌面 GIS 规划软件：机扫、收运、中转站、公厕与停车。</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/views.py" />
      <source>每个方案都由不含求解器的代码独立校核。</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/controllers/views.py" />
      <source>规划结果</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/crash.py" />
      <source>程序内部错误</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/crash.py" />
      <source>程序出现内部错误，但仍在运行。请先保存，再把日志发给我们：
{0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>作业段数</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>作业里程</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>出场</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>卸料次数</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>原因</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>参数</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>回场</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>对象</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>工作量</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>方案</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>日志</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>最小改动</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>未作业</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>没有未作业的路段，或尚未计算。</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>清扫量</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>班次</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>用时</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>空驶里程</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>线路</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>车辆</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/docks.py" />
      <source>还没有线路。计算后，每辆车每班一行。</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/main_window.py" />
      <source>净城</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/main_window.py" />
      <source>已保存</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/main_window.py" />
      <source>未保存</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/main_window.py" />
      <source>没有找到“{0}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/cards.py" />
      <source>停止</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/cards.py" />
      <source>关闭</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/cards.py" />
      <source>净城 · 城市环卫规划</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/cards.py" />
      <source>小示例</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/cards.py" />
      <source>已打开示例城市，按 F9 即可计算机扫方案。也可以打开本市的数据：</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/cards.py" />
      <source>打开城市…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/cards.py" />
      <source>正在启动读取进程</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/form.py" />
      <source>依据：{0}{1}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/form.py" />
      <source>恢复默认值</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/form.py" />
      <source>范围：{0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/form.py" />
      <source>默认：{0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/form.py" />
      <source>（地方规定）</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/gantt.py" />
      <source>休息</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/gantt.py" />
      <source>作业</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/gantt.py" />
      <source>加水</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/gantt.py" />
      <source>卸料</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/gantt.py" />
      <source>等待</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/gantt.py" />
      <source>行驶</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/gantt.py" />
      <source>计算后，每辆车的班次会画在这里。</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/layers_tree.py" />
      <source>双击缩放到此图层</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/layers_tree.py" />
      <source>还没有城市。打开一个城市文件，图层会列在这里。</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/log.py" />
      <source>打开、计算、保存时发生的事会记在这里。</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>原值越界</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>原有列</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>否</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>在地图、表格或搜索框中选中一个对象，它的属性与来源会列在这里。</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>推定</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>是</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>本方案的安排</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>给定</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/object.py" />
      <source>缺</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/palette.py" />
      <source>输入命令</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/params.py" />
      <source>另有 {0} 处</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/params.py" />
      <source>打开一个城市后，在这里设定规划参数。</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/params.py" />
      <source>方案名称</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/params.py" />
      <source>约束本单位的文件（不选则全部参与评判）</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/params.py" />
      <source>规划器</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/params.py" />
      <source>选中一段已作业的道路，按 L 锁定给现在的车辆。</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/params.py" />
      <source>锁定 {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>– 另有 {0} 项此方案未测</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>全市</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>可行</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>差 {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>已停止，采用当前最优</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>引擎 {0}，种子 {1}，{2} 线程，搜索 {3}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>所有应作业的路段都已安排。</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>推定 {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>文件指标</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>无可行方案</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>最优</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>未作业 {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>未测</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>查看全部 {0} 项</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>校核发现 {0} 处错误</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>校核通过</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>校核错误 {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>此方案没有可对照的文件指标。</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>范围</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>证明差距 {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>越低越好</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>越高越好</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>达标</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>过期 · {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/results.py" />
      <source>还没有方案。设好参数后计算，指标与未作业路段会列在这里。</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source> · 尚无可用方案</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>停止并采用</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>停止计算，保留原来的方案</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>准备路网</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>取消</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>启动计算进程</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>差距 {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>改进方案</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>构造初始方案</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>校核</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>正在停止</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>计算中 · {0}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>计算指标</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/run_card.py" />
      <source>读取城市</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/scenarios.py" />
      <source>{0} 处错误</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/scenarios.py" />
      <source>尚未计算</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/scenarios.py" />
      <source>方案所用的图层已改动</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/scenarios.py" />
      <source>计算之后改动过参数、资源或锁定</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/scenarios.py" />
      <source>过期</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/panels/search.py" />
      <source>搜索街道、设施、编号或坐标</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/session.py" />
      <source>修改参数</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/session.py" />
      <source>修改资源</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/session.py" />
      <source>新建方案</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/session.py" />
      <source>方案 1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/session.py" />
      <source>更换规划器</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/session.py" />
      <source>选择文件</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/status.py" />
      <source>CGCS2000 / 3 度带 {0} 带（EPSG:{1}）</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/status.py" />
      <source>CGCS2000 / 3 度带 {0}E（EPSG:{1}）</source>
      <translation type="unfinished" />
    </message>
    <message>
      <location filename="../../desktop/status.py" />
      <source>计算  F9</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
