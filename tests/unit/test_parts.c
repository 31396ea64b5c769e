/* Titles, headers, units and notes of tables as people make them. */
#include "grids.h"

#include "input/parts.h"

/* What a table is taken for: “titles # unit # header rows [u] # body # notes”, cells by “|”, rows by “/”; the
 * message when it is refused. */
static const char *describe(fixture *f, jb_grid *grid, const jb_data_options *options) {
    jb_parts parts;
    jb_status status = jb_grid_recognise(f->ctx, grid, options, &parts);
    GString *out = g_string_new(NULL);
    for (unsigned i = 0; i < parts.titles->len; i++)
        g_string_append_printf(out, "%s%s", i ? "/" : "", g_array_index(parts.titles, jb_said, i).text);
    g_string_append_printf(out, " # %s # ", parts.unit ? parts.unit : "");
    for (unsigned r = 0; status == JB_OK && r < grid->rows; r++) {
        if (r == parts.header_rows) g_string_append(out, parts.unit_row ? " u# " : " # ");
        for (unsigned c = 0; c < grid->columns; c++) {
            size_t at = (size_t)r * grid->columns + c;
            bool header = r < parts.header_rows;
            g_string_append_printf(out, "%s%s",
                                   c                             ? "|"
                                   : r && r != parts.header_rows ? "/"
                                                                 : "",
                                   header && parts.tall[at]   ? "^"
                                   : header && parts.wide[at] ? "<"
                                                              : jb_grid_text(grid, r, c));
        }
    }
    g_string_append(out, " # ");
    for (unsigned i = 0; i < parts.notes->len; i++)
        g_string_append_printf(out, "%s%s", i ? "/" : "", g_array_index(parts.notes, jb_said, i).text);
    g_string_assign(f->out, status == JB_OK ? out->str : told(f));
    g_string_free(out, TRUE);
    jb_parts_clear(&parts);
    jb_grid_free(grid);
    return f->out->str;
}

static const char *parts_with(fixture *f, const char *csv, const jb_data_options *options) {
    return describe(f, grid_of(f, csv, ','), options);
}

static const char *parts_of(fixture *f, const char *csv) { return parts_with(f, csv, NULL); }

/* A sheet of the cells of a text, “.” for none, with merged cells “row column rows columns” from 0. */
static const char *sheet_parts(fixture *f, const char *csv, const unsigned (*merges)[4], unsigned count) {
    jb_grid *grid = jb_grid_new(jb_intern(f->ctx, "s.xlsx"));
    char **rows = g_strsplit(csv, "\n", -1);
    for (unsigned r = 0; rows[r]; r++) {
        char **row = g_strsplit(rows[r], ",", -1);
        for (unsigned c = 0; row[c]; c++)
            if (*row[c] && strcmp(row[c], ".") != 0)
                assert_int_equal(jb_grid_put(f->ctx, grid, r, c, row[c], strlen(row[c])), JB_OK);
        g_strfreev(row);
    }
    g_strfreev(rows);
    for (unsigned i = 0; i < count; i++)
        assert_int_equal(jb_grid_merge(f->ctx, grid, merges[i][0], merges[i][1], merges[i][2], merges[i][3]),
                         JB_OK);
    return describe(f, grid, NULL);
}

/* ---- titles ---- */

static void plain_tables(void **state) {
    assert_string_equal(parts_of(*state, "指标,目标\nA,1\nB,2\n"), " #  # 指标|目标 # A|1/B|2 # ");
    assert_string_equal(parts_of(*state, "指标\nA\nB\n"), " #  # 指标 # A/B # ");
    assert_string_equal(parts_of(*state, "\n\n指标,目标\n\nA,1\n\n\n"), " #  # 指标|目标 # A|1 # ");
    assert_string_equal(parts_of(*state, "\n\n"), "t.csv:0:0: error: the table is empty");
}

static void titles_stand_above(void **state) {
    assert_string_equal(parts_of(*state, "主要指标,,\n（2020 年）,,\n指标,目标,实际\nA,1,2\n"),
                        "主要指标/（2020 年） #  # 指标|目标|实际 # A|1|2 # ");
    assert_string_equal(parts_of(*state, "附件 1,,\n\n,主要指标,\n\n指标,目标,实际\nA,1,2\n"),
                        "附件 1/主要指标 #  # 指标|目标|实际 # A|1|2 # ");
    assert_string_equal(parts_of(*state, "主要指标\n年份,2018,2019\nA,1,2\n"),
                        "主要指标 #  # 年份|2018|2019 # A|1|2 # ");
}

static void units_are_said_above(void **state) {
    assert_string_equal(parts_of(*state, ",,单位：亿元\n指标,目标,实际\nA,1,2\n"),
                        "单位：亿元 # 亿元 # 指标|目标|实际 # A|1|2 # ");
    assert_string_equal(parts_of(*state, "主要指标,,\n,,（单位：万元）\n指标,目标,实际\nA,1,2\n"),
                        "主要指标/（单位：万元） # 万元 # 指标|目标|实际 # A|1|2 # ");
    assert_string_equal(parts_of(*state, "制表：统计局,,,计量单位: 人\n指标,目标,实际,备注\nA,1,2,x\n"),
                        "制表：统计局/计量单位: 人 # 人 # 指标|目标|实际|备注 # A|1|2|x # ");
    assert_string_equal(parts_of(*state, "2020 年　单位：亿元\n指标,目标\nA,1\n"),
                        "2020 年　单位：亿元 # 亿元 # 指标|目标 # A|1 # ");
}

static void not_every_unit_is_one(void **state) {
    assert_string_equal(parts_of(*state, "填报单位：某区统计局,\n指标,目标\nA,1\n"),
                        "填报单位：某区统计局 #  # 指标|目标 # A|1 # ");
    assert_string_equal(parts_of(*state, "单位：某区财政局,\n指标,目标\nA,1\n"),
                        "单位：某区财政局 #  # 指标|目标 # A|1 # ");
    assert_string_equal(parts_of(*state, "单位：亿元、%,\n指标,目标\nA,1\n"),
                        "单位：亿元、% #  # 指标|目标 # A|1 # ");
}

/* A header that would be lost as a title takes the first row of figures with it. */
static void headers_are_no_titles(void **state) {
    assert_string_equal(parts_of(*state, "年份,产值（单位：亿元）\n2018,1\n2019,2\n"),
                        " #  # 年份|产值（单位：亿元） # 2018|1/2019|2 # ");
    assert_string_equal(parts_of(*state, "指标,单位：亿元\nA,1\n"), " #  # 指标|单位：亿元 # A|1 # ");
    assert_string_equal(parts_of(*state, ",产值\n2018,21588.8\n2019,23605.8\n"),
                        " #  # |产值 # 2018|21588.8/2019|23605.8 # ");
    assert_string_equal(parts_of(*state, "指标,,\nA,1,2\n"), " #  # 指标|<|< # A|1|2 # ");
    assert_string_equal(parts_of(*state, "指标,\nA,完成\nB,未完成\n"), " #  # 指标|< # A|完成/B|未完成 # ");
    assert_string_equal(parts_of(*state, "主要指标,\n指标,情况\nA,完成\n"),
                        "主要指标 #  # 指标|情况 # A|完成 # ");
    assert_string_equal(parts_of(*state, "2020 年主要指标,\n镇,情况\nA,完成\n"),
                        "2020 年主要指标 #  # 镇|情况 # A|完成 # ");
    assert_string_equal(parts_of(*state, ",目标,实际\nA,1,2\n"), " #  # |目标|实际 # A|1|2 # ");
}

static void skip_says_how_many(void **state) {
    jb_data_options options = {.skip = 2};
    assert_string_equal(parts_with(*state, "a,b\nc,d\n指标,目标\nA,1\n", &options),
                        "a/b/c/d #  # 指标|目标 # A|1 # ");
    options.skip = 99;
    assert_string_equal(parts_with(*state, "a,b\nc,d\n", &options), "t.csv:0:0: error: the table is empty");
}

/* ---- header ---- */

static void headers_of_two_rows(void **state) {
    assert_string_equal(parts_of(*state, "指标,2020 年,,备注\n,目标,实际,\nA,1,2,x\n"),
                        " #  # 指标|2020 年|<|备注/^|目标|实际|^ # A|1|2|x # ");
    assert_string_equal(parts_of(*state, ",2020 年,,2021 年,\n指标,目标,实际,目标,实际\nA,1,2,3,4\n"),
                        " #  # |2020 年|<|2021 年|</指标|目标|实际|目标|实际 # A|1|2|3|4 # ");
    assert_string_equal(parts_of(*state, ",2020 年,,\n指标,目标,实际,率\nA,1,2,3\n"),
                        " #  # |2020 年|<|</指标|目标|实际|率 # A|1|2|3 # ");
    assert_string_equal(parts_of(*state, "指标,2020 年,2020 年\n指标,目标,实际\nA,1,2\n"),
                        " #  # 指标|2020 年|2020 年/^|目标|实际 # A|1|2 # ");
    assert_string_equal(parts_of(*state, "指标,,\n,目标,实际\nA,1,2\n"),
                        " #  # 指标|<|</^|目标|实际 # A|1|2 # ");
}

static void headers_of_three_rows(void **state) {
    assert_string_equal(
        parts_of(*state, "指标,全区,,,\n,2020 年,,2021 年,\n,目标,实际,目标,实际\nA,1,2,3,4\n"),
        " #  # 指标|全区|<|<|</^|2020 年|<|2021 年|</^|目标|实际|目标|实际 # A|1|2|3|4 # ");
}

static void merged_headers(void **state) {
    static const unsigned two[][4] = {{0, 0, 2, 1}, {0, 1, 1, 2}};
    assert_string_equal(sheet_parts(*state, "指标,2020 年,.\n.,目标,实际\nA,1,2\nB,3,4", two, 2),
                        " #  # 指标|2020 年|</^|目标|实际 # A|1|2/B|3|4 # ");
    static const unsigned wide[][4] = {{0, 1, 1, 3}}; /* wider than half of the table, and no title */
    assert_string_equal(sheet_parts(*state, "指标,2020 年,.,.\n.,目标,实际,率\nA,1,2,3", wide, 1),
                        " #  # 指标|2020 年|<|</^|目标|实际|率 # A|1|2|3 # ");
    assert_string_equal(sheet_parts(*state, ".,2020 年,.,.\n指标,目标,实际,率\nA,甲,乙,丙", wide, 1),
                        " #  # |2020 年|<|</指标|目标|实际|率 # A|甲|乙|丙 # ");
    static const unsigned groups[][4] = {{0, 0, 1, 2}, {0, 2, 1, 2}};
    assert_string_equal(sheet_parts(*state, "甲,.,乙,.\na,b,c,d\n1,2,3,4", groups, 2),
                        " #  # 甲|<|乙|</a|b|c|d # 1|2|3|4 # ");
    static const unsigned title[][4] = {{0, 0, 1, 3}, {2, 0, 2, 1}, {2, 1, 1, 2}};
    assert_string_equal(
        sheet_parts(*state, "主要指标,.,.\n.,.,单位：亿元\n指标,2020 年,.\n.,目标,实际\nA,1,2", title, 3),
        "主要指标/单位：亿元 # 亿元 # 指标|2020 年|</^|目标|实际 # A|1|2 # ");
}

/* A merged head over two columns of data is no reason to take the first row of data for a head. */
static void rows_of_words_stay_data(void **state) {
    static const unsigned merged[][4] = {{0, 1, 1, 2}};
    assert_string_equal(sheet_parts(*state, "指标,完成情况,.\nA,完成,—\nB,3,超过", merged, 1),
                        " #  # 指标|完成情况|< # A|完成|—/B|3|超过 # ");
    assert_string_equal(parts_of(*state, "序号,指标,目标,\n,A,1,x\n"), " #  # 序号|指标|目标|< # |A|1|x # ");
    assert_string_equal(parts_of(*state, "甲,乙\na,b\nc,d\n"), " #  # 甲|乙 # a|b/c|d # ");
}

static void rows_of_units(void **state) {
    assert_string_equal(parts_of(*state, "指标,产值,增速\n,亿元,%\nA,1,2\n"),
                        " #  # 指标|产值|增速/^|亿元|% u# A|1|2 # ");
    assert_string_equal(parts_of(*state, "指标,产值,增速\n单位,（亿元）,（%）\nA,1,2\n"),
                        " #  # 指标|产值|增速/单位|（亿元）|（%） u# A|1|2 # ");
    assert_string_equal(parts_of(*state, "指标,单位,目标\nA,亿元,1\nB,%,2\n"),
                        " #  # 指标|单位|目标 # A|亿元|1/B|%|2 # ");
}

static void header_says_how_many(void **state) {
    jb_data_options options = {.header = 1};
    assert_string_equal(parts_with(*state, "指标,2020 年,\n,目标,实际\nA,1,2\n", &options),
                        " #  # 指标|2020 年|< # |目标|实际/A|1|2 # ");
    options.header = 2;
    assert_string_equal(parts_with(*state, "甲,乙\na,b\nA,1\n", &options), " #  # 甲|乙/a|b # A|1 # ");
}

static void blank_columns_go(void **state) {
    assert_string_equal(parts_of(*state, ",指标,,目标,\n,A,,1,\n"), " #  # 指标|目标 # A|1 # ");
    assert_string_equal(parts_of(*state, ",主要指标,\n,指标,目标\n,A,1\n"),
                        "主要指标 #  # 指标|目标 # A|1 # ");
    assert_string_equal(sheet_parts(*state, ".\n.,.,主要指标\n.,.,指标,目标\n.,.,A,1", NULL, 0),
                        "主要指标 #  # 指标|目标 # A|1 # ");
    static const unsigned merged[][4] = {{0, 1, 2, 1}, {0, 2, 1, 2}}; /* counted in the sheet's columns */
    assert_string_equal(sheet_parts(*state, ".,指标,2020 年,.\n.,.,目标,实际\n.,A,1,2", merged, 2),
                        " #  # 指标|2020 年|</^|目标|实际 # A|1|2 # ");
}

/* ---- body ---- */

static void repeated_headers_are_folded(void **state) {
    assert_string_equal(parts_of(*state, "指标,目标\nA,1\n指标,目标\nB,2\n"), " #  # 指标|目标 # A|1/B|2 # ");
    assert_string_equal(parts_of(*state, "指标,甲,\n,a,b\nA,1,2\n\n指标,甲,\n,a,b\nB,3,4\n"),
                        " #  # 指标|甲|</^|a|b # A|1|2/B|3|4 # ");
}

static void odd_rows_stay(void **state) {
    assert_string_equal(parts_of(*state, "指标,目标,实际\n一、经济,,\nA,1,2\n合计,1,2\n"),
                        " #  # 指标|目标|实际 # 一、经济||/A|1|2/合计|1|2 # ");
    assert_string_equal(parts_of(*state, "指标,目标\n,1\nA,\n"), " #  # 指标|目标 # |1/A| # ");
}

static void widths_are_checked(void **state) {
    assert_string_equal(parts_of(*state, "指标,目标\nA,1,2\n"),
                        "t.csv:2:5: error: row has 3 cells, the header has 2");
    assert_string_equal(parts_of(*state, "指标,目标\nA,1,,\n"), " #  # 指标|目标 # A|1 # ");
    assert_string_equal(
        parts_of(*state, "指标,目标,实际\nA,1\n"),
        "t.csv:2:1: error: row has 2 cells, the header has 3; “pad: true” fills up short rows");
    assert_string_equal(
        parts_of(*state, ",指标,目标,实际\n,A,1\n"),
        "t.csv:2:2: error: row has 3 cells, the header has 4; “pad: true” fills up short rows");
    assert_string_equal(parts_of(*state, ",指标,目标\n,A,1,2\n"),
                        "t.csv:2:6: error: row has 4 cells, the header has 3");
    jb_data_options options = {.pad = true};
    assert_string_equal(parts_with(*state, "指标,目标,实际\nA,1\n", &options),
                        " #  # 指标|目标|实际 # A|1| # ");
}

/* ---- notes ---- */

static void notes_stand_below(void **state) {
    assert_string_equal(parts_of(*state, "指标,目标\nA,1\n注：1. 甲。\n2. 乙\n"),
                        " #  # 指标|目标 # A|1 # 注：1. 甲。/2. 乙");
    assert_string_equal(parts_of(*state, "指标,目标\nA,1\n\n资料来源：统计局,\n"),
                        " #  # 指标|目标 # A|1 # 资料来源：统计局");
    assert_string_equal(parts_of(*state, "指标,目标,实际\nA,1,2\n填表人：甲,审核人：乙,2021 年\n"),
                        " #  # 指标|目标|实际 # A|1|2 # 填表人：甲/审核人：乙/2021 年");
    assert_string_equal(parts_of(*state, "指标,目标\nA,1\n* 为约束性指标\n"),
                        " #  # 指标|目标 # A|1 # * 为约束性指标");
    assert_string_equal(parts_of(*state, "指标,目标\nA,1\n\n本表数据由各部门提供，未经核定。\n"),
                        " #  # 指标|目标 # A|1 # 本表数据由各部门提供，未经核定。");
}

/* What may be an indicator of which nothing is known is one. */
static void doubtful_notes_stay_data(void **state) {
    assert_string_equal(parts_of(*state, "指标,目标\nA,1\n\n粮食产量,\n"),
                        " #  # 指标|目标 # A|1/粮食产量| # ");
    assert_string_equal(parts_of(*state, "指标,目标\nA,1\n*能源消耗,3.4\n"),
                        " #  # 指标|目标 # A|1/*能源消耗|3.4 # ");
    assert_string_equal(parts_of(*state, "指标,目标\nA,1\n*能源消耗,\n"),
                        " #  # 指标|目标 # A|1/*能源消耗| # ");
    assert_string_equal(parts_of(*state, "指标,目标\nA,1\n制表机产量,12\n"),
                        " #  # 指标|目标 # A|1/制表机产量|12 # ");
    assert_string_equal(parts_of(*state, "指标,目标\nA,1\n\n,1234\n"), " #  # 指标|目标 # A|1/|1234 # ");
    assert_string_equal(parts_of(*state, "指标,目标\nA,1\n审核：通过率,98\n"),
                        " #  # 指标|目标 # A|1/审核：通过率|98 # ");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(plain_tables),          TEST(titles_stand_above),
        TEST(units_are_said_above),  TEST(not_every_unit_is_one),
        TEST(headers_are_no_titles), TEST(skip_says_how_many),
        TEST(headers_of_two_rows),   TEST(headers_of_three_rows),
        TEST(merged_headers),        TEST(rows_of_words_stay_data),
        TEST(rows_of_units),         TEST(header_says_how_many),
        TEST(blank_columns_go),      TEST(repeated_headers_are_folded),
        TEST(odd_rows_stay),         TEST(widths_are_checked),
        TEST(notes_stand_below),     TEST(doubtful_notes_stay_data),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
