"""What bureaus call the columns of their tables, in Chinese and English, as data.

A heading is compared in its plain form (see `plain`): without case, blanks, underscores and what stands in brackets;
the unit in the brackets is read apart. The column's own name and its labels are always understood and need no entry here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from layers.units import KM_M, TONNE_KG, mps

# Where an object is.
PLACE: Mapping[str, tuple[str, ...]] = {
    "x": (
        "经度", "經度", "lon", "lng", "long", "longitude", "经度坐标", "gps经度", "wgs84经度", "gcj02经度",
        "百度经度", "x", "x坐标",
        "东坐标", "横坐标", "easting", "pointx", "coordx", "centroidx", "lon84", "中心经度", "坐标经度",
    ),
    "y": (
        "纬度", "緯度", "lat", "latitude", "纬度坐标", "gps纬度", "wgs84纬度", "gcj02纬度", "百度纬度", "y",
        "y坐标", "北坐标", "纵坐标",
        "northing", "pointy", "coordy", "centroidy", "lat84", "中心纬度", "坐标纬度",
    ),
    "wkt": ("wkt", "geometry", "geom", "几何", "几何图形", "shape", "thegeom"),
    "id": ("id", "编号", "編號", "代码", "编码", "唯一码", "标识码", "code", "uid"),
}  # fmt: skip

# Columns that mean the same in whatever layer they stand.
EVERYWHERE: Mapping[str, tuple[str, ...]] = {
    "name": (
        "名称", "名稱", "name", "名", "设施名称", "点位名称", "地点", "地點", "清运点", "清運點", "收集点", "收集点名称",
        "投放点", "公厕名称",
        "公廁名稱", "站点名称",
        "站名", "路名", "道路名称", "道路名", "街道名称", "路段名称", "title", "nm", "streetname", "roadname",
    ),
    "district": ("区", "區", "行政区", "行政區", "所属区", "所在区", "区县", "区域", "辖区", "district", "borough",
        "townn", "tname"),
    "open_periods": ("开放时间", "开放时段", "開放時間", "营业时间", "服务时间", "openinghours", "openhours", "open"),
    "capacity_t_day": ("处理能力", "转运能力", "设计规模", "设计能力", "日处理量", "规模", "capacity", "t/d"),
    "land_m2": ("占地面积", "用地面积", "面积", "地块面积", "面積", "land", "area", "areasqm"),
    "n_residents": ("人口", "居民数", "常住人口", "户籍人口", "人口数", "population", "residents", "pop"),
    "n_jobs": ("就业岗位", "岗位", "就业人数", "jobs", "employment"),
    "n_berths": ("泊位", "泊位数", "车位", "车位数", "停车位", "berths", "spaces", "capacity"),
    "n_bays": ("车位", "停车位", "车位数", "卸料泊位", "卸料位", "卸车位", "泊位数", "bays"),
    "n_visitors_day": ("日客流", "客流", "日客流量", "人流量", "日均人流", "visitors"),
    "n_people": ("人数", "people", "学生数", "床位数"),
    "n_bins": ("桶数", "垃圾桶数", "桶", "bins"),
    "n_women_stalls": ("女厕位", "女厕蹲位", "女蹲位", "女厕位数", "女厕间数", "womenstalls", "femalestalls"),
    "n_men_stalls": ("男厕位", "男厕蹲位", "男蹲位", "男厕位数", "男厕间数", "menstalls", "malestalls"),
    "n_stalls": ("座數", "座数", "厕位数", "厕位总数", "总厕位", "蹲位数", "seats", "stalls"),
    "n_accessible_stalls": ("無障礙廁座數", "无障碍厕位", "无障碍厕位数", "无障碍座数", "accessiblestalls"),
    "dry": ("旱厕", "是否旱厕", "drytoilet", "dry"),
    "charging": ("充电", "充电设施", "有无充电桩", "charging"),
    "public": ("对外开放", "是否开放", "公共", "public"),
    "compacting": ("压缩设备", "是否压缩", "压缩", "compacting"),
    "other_kg_day": ("其他垃圾", "其他", "其它垃圾", "其它", "干垃圾", "其他垃圾量",
        "垃圾量", "日产量", "otherwaste", "waste", "kgday"),
    "food_kg_day": ("厨余垃圾", "餐厨垃圾", "厨余", "餐厨", "廚餘", "湿垃圾", "foodwaste", "food"),
    "recyclable_kg_day": ("可回收物", "可回收", "recyclables", "recyclable"),
    "hazardous_kg_day": ("有害垃圾", "有害", "hazardous"),
    "access_width_m": ("进出道路宽", "临路宽度", "进场道路宽度", "accesswidth"),
    "land_yuan_m2": ("地价", "土地价格", "landprice"),
    "n_existing_berths": ("已有泊位", "现有泊位", "existingberths"),
    "flow_lps": ("流量", "出水量", "flow"),
    "street": ("所在路段", "所在道路", "路段编号", "路段", "路名", "道路名称", "街路", "street"),
}  # fmt: skip

# Columns of a timetable that is driven today.
TIMETABLE: Mapping[str, tuple[str, ...]] = {
    "vehicle": ("车号", "車號", "车牌", "车牌号", "车牌号码", "车辆", "车辆编号", "vehicle", "truck", "plate"),
    "trip": ("车次", "車次", "趟次", "班次", "trip", "tour"),
    "order": ("顺序", "順序", "序号", "序號", "次序", "order", "sequence", "seq"),
    "arrive": ("抵达时间", "抵達時間", "到达时间", "到達時間", "预计到达时间", "預估到達時間", "到达", "arrive", "arrival"),
    "leave": ("离开时间", "離開時間", "预计离开时间", "預估離開時間", "离开", "leave", "departure", "depart"),
    "point": ("收集点编号", "点位编号", "点编号", "pointid", "point"),
    "stream": ("垃圾种类", "垃圾类别", "品类", "类别", "stream"),
    "kg": ("收运量", "收集量", "重量", "垃圾量", "kg", "weight", "amount"),
}

# Columns of streets alone.
STREETS: Mapping[str, tuple[str, ...]] = {
    "road_class": ("道路等级", "等级", "道路类别", "道路类型", "级别", "道路級別", "highway", "class", "roadclass",
        "fclass", "type"),
    "length_m": ("长度", "道路长度", "路长", "里程", "清扫长度", "長度", "length", "len", "shapeleng", "shapelength"),
    "width_m": ("宽度", "路宽", "道路宽度", "车行道宽度", "机动车道宽度", "平均宽度", "寬度", "width", "roadwidth",
        "carriageway"),
    "n_lanes": ("车道数", "车道", "車道數", "机动车道数", "lanes", "nlanes", "lanecount"),
    "oneway": ("单行", "单行线", "是否单行", "单双向", "方向", "單行道", "oneway", "direction"),
    "speed_mps": ("行驶速度", "车速", "设计速度", "设计车速", "限速", "速度", "maxspeed", "speed", "speedlimit",
        "speedkmh"),
    "speed_by_hour": ("分时速度系数", "speedbyhour"),
    "lit": ("路灯", "有无路灯", "照明", "lit", "lamps", "lighting"),
    "cleaning_grade": ("保洁等级", "清扫等级", "作业等级", "清扫保洁等级", "cleaninggrade", "grade"),
    "key_area": ("重点区域", "是否重点", "重点路段", "keyarea"),
    "wash": ("冲洗路段", "是否冲洗", "冲洗", "洒水", "wash"),
    "footway": ("人行道", "有无人行道", "sidewalk", "footway", "pavement"),
    "cycle_lane": ("非机动车道", "有无非机动车道", "慢车道", "cyclelane", "cycleway"),
    "centre_barrier": ("中央隔离", "中央分隔带", "隔离带", "护栏", "centrebarrier", "median"),
    "swept_area_m2": ("清扫面积", "保洁面积", "作业面积", "清扫保洁面积", "道路面积", "面积", "sweptarea", "area"),
    "contract_section": ("标段", "標段", "标段号", "作业标段", "contractsection", "section", "lot"),
    "ban_periods": ("禁行时段", "禁行时间", "限行时段", "bans", "banperiods"),
    "max_height_m": ("限高", "maxheight", "heightlimit"),
    "max_weight_kg": ("限重", "maxweight", "weightlimit"),
    "closed": ("封闭", "是否封闭", "封路", "closed"),
    "level": ("层", "层级", "layer", "level"),
}  # fmt: skip
# Headings that mean one thing in one layer only.
BY_KIND: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "streets": STREETS,
    "districts": {"name": ("区名", "行政区", "行政區", "区", "區", "tname", "townname", "district"),
        "built_up_m2": ("建成区面积",)},
    "communities": {"name": ("社区", "社区名称", "里", "里名", "村里", "村里名", "vname", "villname", "community")},
    "parking_demand": {"district": ("区", "行政区")},
}  # fmt: skip

# A figure under these headings comes in a unit that is not ours, unless brackets say otherwise.
USUAL_UNIT: Mapping[str, str] = {
    "限速": "km/h", "车速": "km/h", "速度": "km/h", "设计速度": "km/h", "设计车速": "km/h", "行驶速度": "km/h",
    "maxspeed": "km/h",
    "speed": "km/h", "speedlimit": "km/h", "speedkmh": "km/h", "限重": "t", "maxweight": "t", "weightlimit": "t",
    "里程": "km",
}  # fmt: skip

# What a figure in a unit is multiplied with to be in ours: (unit as written, our unit).
FACTORS: Mapping[tuple[str, str], float] = {
    ("km", "m"): KM_M, ("公里", "m"): KM_M, ("千米", "m"): KM_M, ("cm", "m"): 0.01, ("厘米", "m"): 0.01,
    ("km/h", "m/s"): mps(1.0), ("kmh", "m/s"): mps(1.0), ("公里/小时", "m/s"): mps(1.0), ("千米/小时",
    "m/s"): mps(1.0),
    ("公里/时", "m/s"): mps(1.0), ("t", "kg"): TONNE_KG, ("吨", "kg"): TONNE_KG, ("噸", "kg"): TONNE_KG,
    ("ha", "m²"): 10_000.0, ("公顷", "m²"): 10_000.0, ("亩", "m²"): 2000.0 / 3.0, ("万m²", "m²"): 10_000.0,
    ("万平方米", "m²"): 10_000.0, ("km²", "m²"): 1e6, ("km2", "m²"): 1e6, ("平方公里", "m²"): 1e6,
    ("t", "kg/d"): TONNE_KG, ("吨", "kg/d"): TONNE_KG, ("噸", "kg/d"): TONNE_KG,
    ("t/d", "kg/d"): TONNE_KG, ("吨/日", "kg/d"): TONNE_KG, ("吨/天", "kg/d"): TONNE_KG,
}  # fmt: skip
# Other spellings of our own units.
SAME_UNITS: Mapping[str, str] = {
    "米": "m", "meter": "m", "meters": "m", "metres": "m", "㎡": "m²", "m2": "m²", "平方米": "m²", "平米": "m²",
    "sqm": "m²",
    "千克": "kg", "公斤": "kg", "kg/天": "kg/d", "kg/日": "kg/d", "公斤/日": "kg/d", "吨/日": "t/d",
    "吨/天": "t/d", "t/天": "t/d",
    "米/秒": "m/s",
}  # fmt: skip

# What the choices of a column are called in tables, by column, then by the name of the choice.
CHOICES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "road_class": {
        "EXPRESSWAY": ("快速路", "快速", "高速路", "高速公路", "高架", "motorway", "trunk", "motorway_link",
            "trunk_link"),
        "MAIN": ("主干道", "主干路", "主幹道", "主干", "主路", "primary", "primary_link"),
        "SECONDARY": ("次干道", "次干路", "次幹道", "次干", "secondary_link"),
        "BRANCH": ("支路", "支线", "支", "tertiary", "tertiary_link", "residential", "unclassified"),
        "BACK_STREET": ("背街小巷", "小巷", "巷", "街巷", "巷道", "弄", "living_street", "service", "alley"),
    },
    "oneway": {
        "BOTH": ("双向", "雙向", "否", "no", "false", "0", "b", "two-way"),
        "FORWARD": ("单向", "单行", "單行", "正向", "顺向", "是", "yes", "true", "1", "f", "ft"),
        "BACKWARD": ("逆向", "反向", "-1", "t", "tf"),
    },
    "ring": {"CENTRAL": ("中心城区", "主城区", "主城", "中心"), "OUTER": ("外围", "郊区", "远郊", "外圍")},
    "plant": {
        "INCINERATOR": ("焚烧厂", "垃圾焚烧厂", "焚烧发电厂", "焚烧"),
        "FOOD_WASTE": ("餐厨垃圾处理厂", "厨余垃圾处理厂", "餐厨", "厨余"),
        "LANDFILL": ("填埋场", "垃圾填埋场", "填埋"),
        "SORTING": ("分拣中心", "分拣"),
    },
    "state": {"SOUND": ("完好", "正常"), "TO_REBUILD": ("待改造", "改造", "需改造"), "TO_CLOSE": ("待关闭", "关闭",
        "拟撤销")},
    "lot": {"CAR_PARK": ("停车场", "停车库"), "IDLE_LAND": ("闲置地", "闲置用地", "空地")},
    "decision": {"KEEP": ("保留", "维持"), "REMOVE": ("撤销", "取消", "清除"), "ADD": ("增划", "新增", "增设")},
    "kerb": {
        "HYDRANT": ("消火栓", "消防栓"),
        "BUS_STOP": ("公交站", "公交车站"),
        "CROSSING": ("人行横道", "斑马线"),
        "ENTRANCE": ("出入口", "开口"),
    },
    "crowd": {
        "STATION": ("车站", "火车站", "地铁站"), "MARKET": ("市场", "农贸市场", "菜市场"), "SQUARE": ("广场",),
        "MALL": ("商场", "购物中心"), "PARK": ("公园",), "SIGHT": ("景点", "景区"), "STADIUM": ("体育场", "体育馆"),
    },
    "sensitive": {
        "HOME": ("居民楼", "住宅", "小区"), "SCHOOL": ("学校", "幼儿园", "小学", "中学"), "HOSPITAL": ("医院",
            "卫生院"),
    },
}  # fmt: skip

YES = frozenset({"是", "有", "yes", "y", "true", "t", "1", "√", "✓", "对"})
NO = frozenset({"否", "无", "無", "没有", "no", "n", "false", "f", "0", "×", "✗"})
BLANK = frozenset({"", "-", "—", "--", "/", "\\", "na", "n/a", "nan", "null", "none", "不详", "未知", "暂无", "#n/a"})

# What a file's or a user's word for a kind may be, beside its own name and label.
KINDS: Mapping[str, tuple[str, ...]] = {
    "streets": ("道路", "街道", "路网", "路網", "道路台账", "roads", "street", "road"),
    "districts": ("行政区", "区界", "行政区划", "district", "towns"),
    "communities": ("社区", "里", "村里", "villages", "community"),
    "population": ("人口", "人口网格", "pop"),
    "depots": ("停车场站", "车队", "环卫停车场", "depot"),
    "water_points": ("取水点", "加水点", "water"),
    "plants": ("处理厂", "焚烧厂", "终端", "plant"),
    "transfer_stations": ("中转站", "转运站", "垃圾中转站", "垃圾转运站", "stations"),
    "candidate_sites": ("备选用地", "候选地块", "sites"),
    "waste_points": ("垃圾收集点", "收集点", "垃圾点", "投放点", "bins"),
    "toilets": ("公厕", "公共厕所", "公廁", "toilet", "wc"),
    "crowd_places": ("人流场所", "crowds"),
    "sensitive_places": ("敏感点", "sensitive"),
    "lots": ("停车场", "闲置地", "parking", "carparks"),
    "kerb_facts": ("路侧设施", "kerbs"),
    "kerb_berths": ("路内泊位", "路内停车泊位", "berths"),
    "parking_demand": ("停车需求", "demand"),
    "junctions": ("路口", "nodes"),
}

_BRACKETS = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]")


def plain(heading: str) -> str:
    """Return a heading as it is compared."""
    text = _BRACKETS.sub("", unicodedata.normalize("NFKC", heading)).lower()
    return re.sub(r"[\s_\-./:：]+", "", text)


def unit_of(heading: str) -> str:
    """Return the unit that a heading names in brackets, or by custom; empty where it names none."""
    inside = _BRACKETS.findall(heading)
    if inside:
        return str(inside[-1]).strip()
    return USUAL_UNIT.get(plain(heading), "")
