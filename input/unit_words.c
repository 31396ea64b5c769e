/* Words of units: money, people, physical units, rates, and what offices count. */
#include "input/unit_words.h"

/* Rows of several words. */
/* clang-format off */
#define NAMES(x) \
    {x, "十" x, "百" x, "千" x, "万" x, "十万" x, "百万" x, "千万" x, "亿" x, "十亿" x, "百亿" x, "千亿" x, "万亿" x}
#define UNIT(x, dimension, scale) {NAMES(x), sizeof(x) - 1, {JB_DIMENSION_##dimension, NULL}, scale, false}
#define DATED(x, dimension, scale) {NAMES(x), sizeof(x) - 1, {JB_DIMENSION_##dimension, NULL}, scale, true}
#define COUNT(x) {NAMES(x), sizeof(x) - 1, {JB_DIMENSION_COUNT, x}, 1, false}
#define ALSO(x, counted) {NAMES(x), sizeof(x) - 1, {JB_DIMENSION_COUNT, counted}, 1, false}
#define ORDINAL(x) {NAMES(x), sizeof(x) - 1, {JB_DIMENSION_COUNT, x}, 1, true}

const jb_unit_word jb_unit_words[] = {
    /* rates and differences of rates */
    UNIT("%", RATIO, 0.01), UNIT("％", RATIO, 0.01), UNIT("‰", RATIO, 0.001), UNIT("‱", RATIO, 0.0001),
    UNIT("pct", RATIO, 0.01), UNIT("个百分点", POINTS, 0.01), UNIT("百分点", POINTS, 0.01),
    UNIT("个千分点", POINTS, 0.001), UNIT("千分点", POINTS, 0.001), UNIT("个基点", POINTS, 0.0001),
    UNIT("基点", POINTS, 0.0001), UNIT("BP", POINTS, 0.0001), UNIT("bp", POINTS, 0.0001),
    UNIT("倍", TIMES, 1),
    /* money */
    UNIT("元", CNY, 1), UNIT("元人民币", CNY, 1), UNIT("人民币元", CNY, 1), UNIT("人民币", CNY, 1),
    UNIT("圆", CNY, 1), UNIT("RMB", CNY, 1), UNIT("CNY", CNY, 1), UNIT("美元", USD, 1), UNIT("美金", USD, 1),
    UNIT("USD", USD, 1), UNIT("欧元", EUR, 1), UNIT("EUR", EUR, 1), UNIT("日元", JPY, 1),
    UNIT("JPY", JPY, 1), UNIT("英镑", GBP, 1), UNIT("GBP", GBP, 1), UNIT("港元", HKD, 1),
    UNIT("港币", HKD, 1), UNIT("HKD", HKD, 1),
    /* people */
    UNIT("人", PERSONS, 1), UNIT("名", PERSONS, 1), UNIT("位", PERSONS, 1), UNIT("人口", PERSONS, 1),
    /* length, area, volume */
    UNIT("米", LENGTH, 1), UNIT("m", LENGTH, 1), UNIT("公里", LENGTH, 1000), UNIT("千米", LENGTH, 1000),
    UNIT("km", LENGTH, 1000), UNIT("KM", LENGTH, 1000), UNIT("Km", LENGTH, 1000),
    UNIT("里", LENGTH, 500), UNIT("海里", LENGTH, 1852), UNIT("分米", LENGTH, 0.1), UNIT("厘米", LENGTH, 0.01),
    UNIT("cm", LENGTH, 0.01), UNIT("毫米", LENGTH, 0.001), UNIT("mm", LENGTH, 0.001),
    UNIT("微米", LENGTH, 1e-6), UNIT("平方米", AREA, 1), UNIT("平米", AREA, 1), UNIT("㎡", AREA, 1),
    UNIT("m²", AREA, 1), UNIT("m2", AREA, 1), UNIT("M²", AREA, 1), UNIT("M2", AREA, 1),
    UNIT("平方公里", AREA, 1e6), UNIT("平方千米", AREA, 1e6), UNIT("km²", AREA, 1e6), UNIT("km2", AREA, 1e6),
    UNIT("KM²", AREA, 1e6), UNIT("KM2", AREA, 1e6), UNIT("Km²", AREA, 1e6), UNIT("k㎡", AREA, 1e6),
    UNIT("㎢", AREA, 1e6), UNIT("公顷", AREA, 1e4), UNIT("hm²", AREA, 1e4), UNIT("hm2", AREA, 1e4),
    UNIT("ha", AREA, 1e4), UNIT("亩", AREA, 10000.0 / 15), UNIT("市亩", AREA, 10000.0 / 15),
    UNIT("平方厘米", AREA, 1e-4), UNIT("cm²", AREA, 1e-4), UNIT("立方米", VOLUME, 1), UNIT("立方", VOLUME, 1),
    UNIT("方", VOLUME, 1), UNIT("m³", VOLUME, 1), UNIT("m3", VOLUME, 1), UNIT("㎥", VOLUME, 1),
    UNIT("M³", VOLUME, 1), UNIT("标准立方米", VOLUME, 1), UNIT("升", VOLUME, 0.001), UNIT("L", VOLUME, 0.001),
    UNIT("公升", VOLUME, 0.001), UNIT("毫升", VOLUME, 1e-6), UNIT("mL", VOLUME, 1e-6),
    UNIT("ml", VOLUME, 1e-6),
    /* mass, coal equivalent, energy, power */
    UNIT("吨", MASS, 1000), UNIT("公吨", MASS, 1000), UNIT("t", MASS, 1000), UNIT("公斤", MASS, 1),
    UNIT("千克", MASS, 1), UNIT("kg", MASS, 1), UNIT("KG", MASS, 1), UNIT("Kg", MASS, 1),
    UNIT("斤", MASS, 0.5), UNIT("市斤", MASS, 0.5), UNIT("克", MASS, 0.001), UNIT("g", MASS, 0.001),
    UNIT("毫克", MASS, 1e-6), UNIT("mg", MASS, 1e-6), UNIT("微克", MASS, 1e-9), UNIT("µg", MASS, 1e-9),
    UNIT("μg", MASS, 1e-9), UNIT("ug", MASS, 1e-9), UNIT("吨标准煤", COAL, 1000), UNIT("吨标煤", COAL, 1000),
    UNIT("吨煤", COAL, 1000), UNIT("tce", COAL, 1000), UNIT("千克标准煤", COAL, 1), UNIT("公斤标准煤", COAL, 1),
    UNIT("千克标煤", COAL, 1), UNIT("kgce", COAL, 1), UNIT("克标准煤", COAL, 0.001), UNIT("克标煤", COAL, 0.001),
    UNIT("gce", COAL, 0.001), UNIT("千瓦时", ENERGY, 3.6e6), UNIT("千瓦小时", ENERGY, 3.6e6),
    UNIT("千瓦·时", ENERGY, 3.6e6), UNIT("kWh", ENERGY, 3.6e6), UNIT("KWh", ENERGY, 3.6e6),
    UNIT("kwh", ENERGY, 3.6e6), UNIT("KWH", ENERGY, 3.6e6), UNIT("kW·h", ENERGY, 3.6e6),
    UNIT("度", ENERGY, 3.6e6), UNIT("度电", ENERGY, 3.6e6), UNIT("兆瓦时", ENERGY, 3.6e9),
    UNIT("MWh", ENERGY, 3.6e9), UNIT("GWh", ENERGY, 3.6e12), UNIT("吉瓦时", ENERGY, 3.6e12),
    UNIT("TWh", ENERGY, 3.6e15), UNIT("焦", ENERGY, 1), UNIT("焦耳", ENERGY, 1), UNIT("千焦", ENERGY, 1e3),
    UNIT("kJ", ENERGY, 1e3), UNIT("兆焦", ENERGY, 1e6), UNIT("MJ", ENERGY, 1e6), UNIT("吉焦", ENERGY, 1e9),
    UNIT("GJ", ENERGY, 1e9), UNIT("太焦", ENERGY, 1e12), UNIT("TJ", ENERGY, 1e12), UNIT("瓦", POWER, 1),
    UNIT("W", POWER, 1), UNIT("千瓦", POWER, 1e3), UNIT("kW", POWER, 1e3), UNIT("KW", POWER, 1e3),
    UNIT("kw", POWER, 1e3), UNIT("兆瓦", POWER, 1e6), UNIT("MW", POWER, 1e6), UNIT("吉瓦", POWER, 1e9),
    UNIT("GW", POWER, 1e9), UNIT("GWp", POWER, 1e9), UNIT("MWp", POWER, 1e6),
    /* time: a number before 月 日 时 号 is a date */
    UNIT("秒", TIME, 1), UNIT("分钟", TIME, 60), UNIT("小时", TIME, 3600), UNIT("h", TIME, 3600),
    UNIT("天", TIME, 86400), UNIT("个工作日", TIME, 86400), UNIT("工作日", TIME, 86400),
    UNIT("周", TIME, 604800), UNIT("星期", TIME, 604800), DATED("日", TIME, 86400), DATED("时", TIME, 3600),
    UNIT("个月", MONTHS, 1), UNIT("个季度", MONTHS, 3), UNIT("年", MONTHS, 12), DATED("月", MONTHS, 1),
    DATED("季度", MONTHS, 3), UNIT("KB", BYTES, 1e3), UNIT("MB", BYTES, 1e6), UNIT("GB", BYTES, 1e9),
    UNIT("TB", BYTES, 1e12), UNIT("PB", BYTES, 1e15), UNIT("EB", BYTES, 1e18), UNIT("字节", BYTES, 1),
    /* physical units without relatives */
    COUNT("℃"), COUNT("岁"), COUNT("周岁"), COUNT("吨公里"), COUNT("人公里"), COUNT("吨海里"), COUNT("千伏安"),
    COUNT("分贝"), COUNT("标箱"), COUNT("吨油当量"), COUNT("吨二氧化碳"), COUNT("吨二氧化碳当量"), COUNT("毫升当量"),
    COUNT("Mbps"), COUNT("Gbps"), COUNT("Kbps"), COUNT("Tbps"), COUNT("兆帕"), COUNT("千帕"), COUNT("马力"),
    COUNT("载重吨"), COUNT("总吨"), COUNT("克拉"), COUNT("盎司"), COUNT("桶"), ALSO("摄氏度", "℃"), ALSO("°C", "℃"),
    ALSO("dB", "分贝"), ALSO("dB(A)", "分贝"), ALSO("kVA", "千伏安"), ALSO("KVA", "千伏安"), ALSO("标准箱", "标箱"),
    ALSO("TEU", "标箱"), ALSO("tCO₂", "吨二氧化碳"), ALSO("tCO2", "吨二氧化碳"), ALSO("吨千米", "吨公里"),
    ALSO("人千米", "人公里"),
    /* things counted: each by its own word, 家 do not convert to 户 */
    COUNT("个"), COUNT("件"), COUNT("家"), COUNT("户"), COUNT("所"), COUNT("张"), COUNT("次"), COUNT("项"),
    COUNT("辆"), COUNT("台"), COUNT("套"), COUNT("头"), COUNT("册"), COUNT("条"), COUNT("宗"), COUNT("起"),
    COUNT("例"), COUNT("座"), COUNT("栋"), COUNT("幢"), COUNT("间"), COUNT("片"), COUNT("处"), COUNT("株"),
    COUNT("棵"), COUNT("匹"), COUNT("只"), COUNT("羽"), COUNT("尾"), COUNT("艘"), COUNT("架"), COUNT("期次"),
    COUNT("批"), COUNT("批次"), COUNT("场"), COUNT("场次"), COUNT("篇"), COUNT("种"), COUNT("组"), COUNT("份"),
    COUNT("枚"), COUNT("把"), COUNT("支"), COUNT("根"), COUNT("块"), COUNT("孔"), COUNT("盏"), COUNT("床"),
    COUNT("床位"), COUNT("席"), COUNT("卷"), COUNT("卡"), COUNT("页"), COUNT("课时"), COUNT("学时"), COUNT("学分"),
    COUNT("人次"), COUNT("户次"), COUNT("家次"), COUNT("台次"), COUNT("架次"), COUNT("艘次"), COUNT("车次"),
    COUNT("班次"), COUNT("例次"), COUNT("列次"), COUNT("台套"), COUNT("件套"), COUNT("部"), COUNT("列"), COUNT("箱"),
    COUNT("盒"), COUNT("包"), COUNT("袋"), COUNT("瓶"), COUNT("盆"), COUNT("团"), COUNT("队"), COUNT("单"),
    COUNT("笔"), COUNT("票"), COUNT("户数"), COUNT("节"), COUNT("顶"), COUNT("口"), COUNT("门"), COUNT("眼"),
    COUNT("对"), COUNT("双"), COUNT("副"), COUNT("幅"), COUNT("首"), COUNT("款"), COUNT("本"), COUNT("封"),
    COUNT("对次"), COUNT("台班"), COUNT("工日"), COUNT("人天"), COUNT("人日"), COUNT("人年"), COUNT("人月"),
    COUNT("工时"), COUNT("机时"), COUNT("标方"), COUNT("亩次"), COUNT("头只"), COUNT("车位"), COUNT("泊位"),
    COUNT("学位"), COUNT("座位"), COUNT("机柜"), COUNT("标准机架"), COUNT("线"), COUNT("端口"), COUNT("芯公里"),
    COUNT("皮长公里"), COUNT("公里次"), COUNT("自然村"), COUNT("行政村"), COUNT("社区"),
    COUNT("分"),
    /* words that rank or date in a cell, units only in a name's brackets */
    ORDINAL("级"), ORDINAL("类"), ORDINAL("号"), ORDINAL("期"), ORDINAL("星"), ORDINAL("点"), ORDINAL("档"),
    ORDINAL("等"), ORDINAL("版"), ORDINAL("届"), ORDINAL("层"), ORDINAL("楼"), ORDINAL("班"), ORDINAL("度次"),
    ORDINAL("位次"), ORDINAL("名次"), ORDINAL("轮"), ORDINAL("条次"), ORDINAL("代"),
    {{NULL}, 0, {JB_DIMENSION_NONE, NULL}, 0, false}};

#define MONEY_PER(x) "元/" x, "千元/" x, "万元/" x, "百万元/" x, "亿元/" x, "美元/" x, "万美元/" x, "亿美元/" x

const char *const jb_unit_compounds[] = {
    MONEY_PER("人"), MONEY_PER("户"), MONEY_PER("人/年"), MONEY_PER("人·年"), MONEY_PER("人/月"),
    MONEY_PER("年"), MONEY_PER("月"), MONEY_PER("天"), MONEY_PER("小时"), MONEY_PER("平方米"),
    MONEY_PER("平方公里"), MONEY_PER("㎡"), MONEY_PER("亩"), MONEY_PER("公顷"), MONEY_PER("吨"),
    MONEY_PER("公斤"), MONEY_PER("立方米"), MONEY_PER("千瓦时"), MONEY_PER("度"), MONEY_PER("家"),
    MONEY_PER("个"), MONEY_PER("人次"), MONEY_PER("件"), MONEY_PER("斤"), "人/平方公里", "人/km²", "户/平方公里",
    "吨标准煤/万元", "吨标煤/万元", "千克标准煤/万元", "克标准煤/千瓦时", "吨/万元", "千克/万元", "立方米/万元", "千瓦时/万元", "千瓦时/人", "立方米/人",
    "平方米/人", "吨/人", "千克/人", "公斤/人", "升/人·天", "吨/亩", "公斤/亩", "千克/亩", "斤/亩", "公斤/公顷", "千克/公顷", "吨/公顷",
    "亩/人", "微克/立方米", "毫克/立方米", "µg/m³", "μg/m³", "ug/m3", "ug/m³", "mg/m³", "mg/L", "毫克/升", "微克/升",
    "公里/小时", "km/h", "千米/小时", "米/秒", "公里/平方公里", "千米/平方千米", "公里/万人", "张/千人", "张/万人", "床/千人", "人/千人",
    "人/万人", "人/10万人", "例/10万", "例/10万人", "件/万人", "件/百万人", "个/万人", "家/万人", "册/人", "辆/百户", "台/百户", "次/人",
    "吨/天", "吨/日", "吨/年", "万吨/天", "万吨/日", "万吨/年", "立方米/日", "立方米/天", "万立方米/日", "万立方米/天", "亿立方米/年",
    "人次/年", "万人次/年", "次/年", "%/年", "千瓦/人", "户/人", "人/户", "吨二氧化碳/万元", "株/亩", "头/户", NULL};
/* clang-format on */
