"""Hostile data for every mark: hostile_marks.py DIR writes DIR/NAME.csv and DIR/NAME-MARK.yaml; prints NAME<TAB>MARK of each.
A row whose first field is `?` makes a specification that must be refused."""
import os, random, sys

random.seed(5)
HEAD = "指标名称,2019 年,年初目标,实际完成"
LONG = "很长的名称" * 40
data = {
    "empty": [],
    "one": ["投资（亿元）,1,2,3"],
    "equal": [f"投资{i}（%）,5,5,5" for i in range(6)],
    "missing": [f"投资{i}（%）,—,—,—" for i in range(4)],
    "zero": [f"投资{i}（%）,0,0,0" for i in range(4)],
    "negative": [f"投资{i}（%）,-{i + 1},-{i + 2},-{i + 3}" for i in range(4)],
    "mixed": ["投资（%）,-5,3,-2", "出口（%）,4,-1,0", "进口（%）,0,0,7", "消费（%）,—,2,—"],
    "tiny": ["投资（%）,1e-300,2e-300,3e-300", "出口（%）,0,1e-300,-1e-300"],
    "huge": ["投资（%）,1e300,-1e300,9e299", "出口（%）,-1e299,5e299,1e300", "进口（%）,1,2,3"],
    "span": ["投资（%）,1e-300,1,1e300", "出口（%）,1e-9,1e9,0"],
    "thousand": [f"投资{i}（%）,{random.uniform(-9, 9):.2f},{random.uniform(0, 9):.1f},{random.uniform(0, 9):.3f}" for i in range(1000)],
    "long": [f"{LONG}{i}（亿元）,1,2,3" for i in range(3)],
    "emoji": ["\U0001F600 emoji (%),1,2,3", "Latin é ü,2,3,1", "العربية,1,4,2", "混合 Latin عربي \U0001F4C8,3,3,3"],
    "twins": ["投资（%）,1,2,3", "投资（%）,3,2,1", "投资（%）,2,2,2"],
    "words": ["投资,甲,完成,目标", "出口,市级下达,完成,—"],
    "kinds": ["投资（%）,7 左右,7.5 左右,约 3.9", "出口（%）,2.5 以内,≤2,2.5 以内", "进口（%）,≥3,3.55 以上,≥4", "消费（%）,6~6.5,6~7,5~8",
              "外贸（%）,—,—,—", "科技（%）,1,市级下达,2", "公共（%）,5,与上年持平,与上年持平", "环境（%）,-2.5 左右,-1~1,≥-3"],
    "units": [f"投资{i}（{u}）,1,{i},{i + 1}" for i, u in enumerate(["%", "亿元", "亿美元", "天", "件", "万人", "吨", "‰"])],
}
COMPARED = "y: [2019 年, 实际完成]"
marks = {"bar": COMPARED, "line": COMPARED, "bullet": "previous: 2019 年\nbands: [50, 100]", "variance": "", "variance-both": "variance: both",
         "dumbbell": COMPARED, "slope": COMPARED, "waterfall": "y: 实际完成", "waterfall-lying": "y: 实际完成\norient: horizontal",
         "kpi": "trend: [2019 年, 年初目标, 实际完成]", "sparkline": "y: [2019 年, 年初目标, 实际完成]",
         "sparkline-bar": "y: [2019 年, 年初目标, 实际完成]\nform: bar\nsort: ascending"}


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


def main(folder):
    for name, rows in data.items():
        write(folder, name + ".csv", "\n".join([HEAD] + rows) + "\n")
        for mark, rest in marks.items():
            kind = mark.split("-")[0]
            write(folder, f"{name}-{mark}.yaml", f"mark: {kind}\ndata: {name}.csv\nx: 指标名称\n{rest}\n")
            print(name, mark, sep="\t")


main(sys.argv[1])
