/* Which names are years, quarters and months. */
#include "unit.h"

#include "charts/periods.h"

static void names_are_periods_or_not(void **state) {
    static const struct {
        const char *name;
        jb_period_kind kind;
        int year, part; /* from 1 */
    } cases[] = {{"2016", JB_PERIOD_YEAR, 2016, 1},
                 {"2016年", JB_PERIOD_YEAR, 2016, 1},
                 {"2016 年", JB_PERIOD_YEAR, 2016, 1},
                 {"２０１６年", JB_PERIOD_YEAR, 2016, 1},
                 {" 2016 年度 ", JB_PERIOD_YEAR, 2016, 1},
                 {"1840", JB_PERIOD_YEAR, 1840, 1},
                 {"2020Q1", JB_PERIOD_QUARTER, 2020, 1},
                 {"2020 q4", JB_PERIOD_QUARTER, 2020, 4},
                 {"2020-Q3", JB_PERIOD_QUARTER, 2020, 3},
                 {"2020年Q2", JB_PERIOD_QUARTER, 2020, 2},
                 {"2020年一季度", JB_PERIOD_QUARTER, 2020, 1},
                 {"2020年2季度", JB_PERIOD_QUARTER, 2020, 2},
                 {"2020 年第三季度", JB_PERIOD_QUARTER, 2020, 3},
                 {"2020 年第 4 季度", JB_PERIOD_QUARTER, 2020, 4},
                 {"2020年Ⅱ季度", JB_PERIOD_QUARTER, 2020, 2},
                 {"2020 IV季度", JB_PERIOD_QUARTER, 2020, 4},
                 {"2020一季", JB_PERIOD_QUARTER, 2020, 1},
                 {"2020-01", JB_PERIOD_MONTH, 2020, 1},
                 {"2020-1", JB_PERIOD_MONTH, 2020, 1},
                 {"2020/12", JB_PERIOD_MONTH, 2020, 12},
                 {"2020.1", JB_PERIOD_MONTH, 2020, 1},
                 {"2020.10", JB_PERIOD_MONTH, 2020, 10},
                 {"202001", JB_PERIOD_MONTH, 2020, 1},
                 {"2020年1月", JB_PERIOD_MONTH, 2020, 1},
                 {"2020 年 12 月份", JB_PERIOD_MONTH, 2020, 12},
                 {"2020年01月", JB_PERIOD_MONTH, 2020, 1},
                 {"1839", JB_PERIOD_NONE, 0, 0},
                 {"2200", JB_PERIOD_NONE, 0, 0},
                 {"", JB_PERIOD_NONE, 0, 0},
                 {"2020-", JB_PERIOD_NONE, 0, 0},
                 {"2020-13", JB_PERIOD_NONE, 0, 0},
                 {"2020-00", JB_PERIOD_NONE, 0, 0},
                 {"202013", JB_PERIOD_NONE, 0, 0},
                 {"20201", JB_PERIOD_NONE, 0, 0},
                 {"2020年13月", JB_PERIOD_NONE, 0, 0},
                 {"2020年1", JB_PERIOD_NONE, 0, 0},
                 {"2020年1-6月", JB_PERIOD_NONE, 0, 0},
                 {"2020年1月1日", JB_PERIOD_NONE, 0, 0},
                 {"2020Q5", JB_PERIOD_NONE, 0, 0},
                 {"2020Q0", JB_PERIOD_NONE, 0, 0},
                 {"2020Q12", JB_PERIOD_NONE, 0, 0},
                 {"2020年五季度", JB_PERIOD_NONE, 0, 0},
                 {"2020年第一", JB_PERIOD_NONE, 0, 0},
                 {"2020年上半年", JB_PERIOD_NONE, 0, 0},
                 {"2020年初", JB_PERIOD_NONE, 0, 0},
                 {"2019—2020", JB_PERIOD_NONE, 0, 0},
                 {"一季度", JB_PERIOD_NONE, 0, 0},
                 {"1月", JB_PERIOD_NONE, 0, 0},
                 {"16年", JB_PERIOD_NONE, 0, 0},
                 {"四川省", JB_PERIOD_NONE, 0, 0},
                 {"2020 \xF0\x9F\x98\x80", JB_PERIOD_NONE, 0, 0}};
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int ordinal = 0;
        jb_period_kind kind = jb_period_read(cases[i].name, &ordinal);
        if (kind != cases[i].kind) fail_msg("“%s” is of kind %d, not %d", cases[i].name, kind, cases[i].kind);
        if (kind && ordinal != cases[i].year * (int)kind + cases[i].part - 1)
            fail_msg("“%s” is %d/%d", cases[i].name, ordinal / (int)kind, ordinal % (int)kind + 1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_are_periods_or_not)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
