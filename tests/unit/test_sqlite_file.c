/* SQLite files: what is read, what a query may not do, files in a bad state. */
#include "grids.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>
#include "base/limits.h"
#include "input/sqlite_file.h"

static const jb_pos pos = {"r.md", 5, 3};

/* Makes a database; the connection stays open when `db` is not NULL. */
static const char *make(fixture *f, const char *name, const char *sql, sqlite3 **db) {
    const char *path = file_at(f, name);
    sqlite3 *made = NULL;
    assert_int_equal(sqlite3_open(path, &made), SQLITE_OK);
    assert_int_equal(sqlite3_exec(made, sql, NULL, NULL, NULL), SQLITE_OK);
    if (db)
        *db = made;
    else
        assert_int_equal(sqlite3_close(made), SQLITE_OK);
    return path;
}

static const char plan[] =
    "CREATE TABLE plan (指标名称 TEXT, 目标 REAL, 实际 INTEGER);"
    "INSERT INTO plan VALUES ('产值', 67.20, 9007199254740993), ('增速', 0.1, NULL), ('x', 1e-7, -1);";
static const char two[] =
    "CREATE TABLE plan (a, b); INSERT INTO plan VALUES (1, 2), (3, 4);"
    "CREATE VIEW sums AS SELECT a + b AS sum FROM plan; CREATE TABLE \"odd \"\"name\" (x);"
    "INSERT INTO \"odd \"\"name\" VALUES ('é');";

/* Only that the file itself can be removed is left to the fixture, which fails when anything stands beside
 * it. */
static const char *with(fixture *f, const char *path, const char *table, const char *query) {
    return load_as(f, path, &(jb_data_options){.table = table, .query = query, .pos = pos});
}

static void the_only_table(void **state) {
    fixture *f = *state;
    const char *path = make(f, "p.db", plan, NULL);
    jb_grid *grid = NULL;
    assert_string_equal(load_as(f, path, NULL),
                        "指标名称|目标|实际/产值|67.2|9007199254740993/增速|0.1|/x|0.0000001|-1");
    assert_int_equal(jb_load_grid(f->ctx, path, NULL, &grid), JB_OK);
    assert_string_equal(grid->form, "SQLite, table “plan”");
    assert_int_equal(grid->header_rows, 1);
    assert_int_equal(jb_grid_pos(grid, 3, 1).line, 3);
    assert_int_equal(jb_grid_pos(grid, 3, 1).column, 2);
    jb_grid_free(grid);
}

static void tables_views_and_queries(void **state) {
    fixture *f = *state;
    const char *path = make(f, "t.sqlite", two, NULL);
    char *part = g_strconcat(path, "!plan", NULL);
    assert_string_equal(with(f, path, "plan", NULL), "a|b/1|2/3|4");
    assert_string_equal(with(f, path, "SUMS", NULL), "sum/3/7");
    assert_string_equal(with(f, path, "odd \"name", NULL), "x/é");
    assert_string_equal(load_as(f, part, NULL), "a|b/1|2/3|4");
    assert_string_equal(with(f, path, NULL, "SELECT b AS 甲, a * 2 FROM plan ORDER BY a DESC; -- all"),
                        "甲|a * 2/4|6/2|2");
    assert_string_equal(
        with(f, path, NULL,
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3) SELECT i FROM n"),
        "i/1/2/3");
    assert_string_equal(with(f, path, NULL, "SELECT a FROM plan WHERE 0"), "a");
    g_free(part);
}

static void which_table(void **state) {
    fixture *f = *state;
    const char *path = make(f, "t.db", two, NULL);
    const char *empty = make(f, "e.db", "CREATE TABLE a (b); DROP TABLE a", NULL);
    assert_non_null(
        strstr(load_as(f, path, NULL), "has 3 tables; “table” chooses one: plan, sums, odd \"name"));
    assert_non_null(strstr(load_as(f, empty, NULL), "e.db:0:0: error: cannot read: there is no table in it"));
    assert_non_null(strstr(with(f, path, "plam", NULL), "r.md:5:3: error: there is no table “plam” in “"));
    assert_non_null(strstr(told(f), "; did you mean “plan”?"));
    assert_non_null(strstr(with(f, path, "plan", "SELECT 1"), "“query” and “table” exclude each other"));
}

static void queries_that_are_wrong(void **state) {
    fixture *f = *state;
    const char *path = make(f, "p.db", plan, NULL);
    assert_non_null(strstr(with(f, path, NULL, "SELECT 实绩 FROM plan"), "there is no column “实绩” in “"));
    assert_non_null(strstr(told(f), "; there are: 指标名称, 目标, 实际"));
    assert_non_null(
        strstr(with(f, path, NULL, "SELECT p.指标名 FROM plan AS p"), "there is no column “指标名” in “"));
    assert_non_null(strstr(told(f), "; did you mean “指标名称”?"));
    assert_non_null(
        strstr(with(f, path, NULL, "SELECT \"目际标\" FROM plan"), "there is no column “目际标”"));
    assert_non_null(strstr(with(f, path, NULL, "SELECT * FROM plans"), "there is no table “plans”"));
    assert_non_null(strstr(with(f, path, NULL, "SELECT * FRM plan"), "r.md:5:3: error: bad query on “"));
    assert_non_null(strstr(told(f), "syntax error"));
    assert_non_null(strstr(with(f, path, NULL, " -- nothing"), "the query is empty"));
    assert_non_null(
        strstr(with(f, path, NULL, "SELECT 1; SELECT 2"), "the query is more than one statement"));
    assert_non_null(
        strstr(with(f, path, NULL, "SELECT 1; DROP TABLE plan"), "the query is more than one statement"));
    assert_non_null(strstr(with(f, path, NULL, "SELECT ?1"), "the query has a parameter “?1”"));
}

static void queries_that_do_more_than_read(void **state) {
    fixture *f = *state;
    const char *path = make(f, "p.db", plan, NULL);
    static const char *const more[] = {"DELETE FROM plan",
                                       "INSERT INTO plan VALUES (1, 2, 3)",
                                       "UPDATE plan SET 目标 = 1",
                                       "CREATE TABLE x (y)",
                                       "CREATE TEMP TABLE x AS SELECT 1",
                                       "DROP TABLE plan",
                                       "ATTACH 'x.db' AS x",
                                       "DETACH main",
                                       "VACUUM",
                                       "VACUUM INTO 'x.db'",
                                       "REINDEX",
                                       "ANALYZE",
                                       "PRAGMA user_version",
                                       "PRAGMA journal_mode = DELETE",
                                       "BEGIN",
                                       "SAVEPOINT a",
                                       "SELECT * FROM pragma_table_info('plan')"};
    for (size_t i = 0; i < G_N_ELEMENTS(more); i++) {
        if (!strstr(with(f, path, NULL, more[i]), "may not do anything but read"))
            fail_msg("%s: %s", more[i], told(f));
    }
    assert_non_null(
        strstr(with(f, path, NULL, "SELECT load_extension('x')"), "may not call “load_extension”"));
    assert_non_null(strstr(with(f, path, NULL, "SELECT random()"), "may not call “random”"));
    assert_non_null(strstr(with(f, path, NULL, "SELECT date('now')"), "may not call “date”"));
    assert_non_null(
        strstr(with(f, path, NULL, "SELECT readfile('/etc/passwd')"), "no such function: readfile"));
    assert_non_null(strstr(with(f, path, NULL, "SELECT writefile('x', 'y')"), "no such function: writefile"));
    assert_string_equal(with(f, path, NULL, "SELECT count(*) AS n FROM plan"), "n/3");
}

static void views_are_not_trusted(void **state) {
    fixture *f = *state;
    const char *path = make(
        f, "v.db",
        "CREATE TABLE t (a); INSERT INTO t VALUES (1); CREATE VIEW v AS SELECT random() AS r FROM t", NULL);
    assert_non_null(strstr(with(f, path, "v", NULL), "may not call “random”"));
}

static void work_is_limited(void **state) {
    fixture *f = *state;
    const char *path = make(f, "p.db", plan, NULL);
    assert_non_null(
        strstr(with(f, path, NULL,
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"),
               "takes more than 200000000 steps (JB_LIMIT_SQLITE_STEPS)"));
}

static void values_that_are_no_cells(void **state) {
    fixture *f = *state;
    const char *path = make(f, "b.db",
                            "CREATE TABLE b (a, x); INSERT INTO b VALUES (1, 2), (3, x'00FF');"
                            "CREATE TABLE u (a, x); INSERT INTO u VALUES (1, CAST(x'D6D0' AS TEXT));"
                            "CREATE TABLE i (a); INSERT INTO i VALUES (9e999);"
                            "CREATE TABLE n (a); INSERT INTO n VALUES (CAST(x'410042' AS TEXT));"
                            "CREATE TABLE l (a); INSERT INTO l VALUES (zeroblob(2000000));"
                            "CREATE TABLE t (a); INSERT INTO t VALUES (hex(zeroblob(40000)));",
                            NULL);
    assert_string_equal(
        with(f, path, "b", NULL),
        "b.db:2:2: error: column “x” has binary data (BLOB); choose other columns with “query”");
    assert_string_equal(with(f, path, NULL, "SELECT a FROM b"), "a/1/3");
    assert_string_equal(with(f, path, "u", NULL), "b.db:1:2: error: row 1 has a text that is not UTF-8");
    assert_string_equal(with(f, path, "i", NULL), "b.db:1:1: error: row 1 has an infinite number");
    assert_string_equal(with(f, path, "n", NULL), "b.db:1:1: error: row 1 has a text that is not UTF-8");
    assert_non_null(strstr(with(f, path, "l", NULL), "longer than any cell may be"));
    assert_non_null(strstr(with(f, path, "t", NULL), "longer than the limit of 65536 bytes"));
}

static void utf16_databases(void **state) {
    fixture *f = *state;
    const char *path = make(
        f, "u.db", "PRAGMA encoding = 'UTF-16le'; CREATE TABLE 表 (列); INSERT INTO 表 VALUES ('值')", NULL);
    assert_string_equal(load_as(f, path, NULL), "列/值");
}

static void damaged_files(void **state) {
    fixture *f = *state;
    const char *path = make(f, "p.db", plan, NULL);
    char *bytes;
    gsize length;
    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    memset(bytes + 100, 0xA5, 900);
    assert_string_equal(load_as(f, file_with(f, "d.db", bytes, length), NULL),
                        "d.db:0:0: error: cannot read: the database is damaged");
    memset(bytes + 16, 0xFF, 84);
    assert_non_null(strstr(load_as(f, file_with(f, "h.db", bytes, length), NULL),
                           "it is no SQLite database, or an encrypted one"));
    assert_non_null(
        strstr(load_as(f, file_with(f, "s.db", bytes, 16), NULL), "s.db:0:0: error: cannot read: "));
    g_free(bytes);
    assert_non_null(strstr(load_as(f, file_with(f, "x.db", "\x8F\x12\x90\x33\x01\x02\x03\x04", 8), NULL),
                           "or an encrypted one"));
}

/* Every byte of a small database set to another value: a message or a table, never a crash; asan watches. */
static void any_damage_is_survived(void **state) {
    fixture *f = *state;
    const char *path = make(
        f, "p.db",
        "PRAGMA page_size = 512; CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 'x'), (2.5, NULL)", NULL);
    const char *bad = file_at(f, "bad.db");
    char *bytes;
    gsize length;
    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    for (gsize i = 16; i < length; i += i < 600 ? 1 : 7) {
        char kept = bytes[i];
        bytes[i] = (char)(kept ^ 0xFF);
        int fd = open(bad, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        assert_true(write(fd, bytes, length) == (ssize_t)length);
        close(fd);
        jb_context *ctx = jb_context_new();
        jb_grid *grid = NULL;
        if (jb_load_grid(ctx, bad, NULL, &grid) == JB_OK) assert_non_null(grid);
        jb_grid_free(grid);
        jb_context_free(ctx);
        bytes[i] = kept;
    }
    g_free(bytes);
}

/* A write-ahead log that nobody has open leaves nothing beside, not even of our reading; the fixture's folder
 * says so. */
static void idle_logs(void **state) {
    fixture *f = *state;
    const char *path =
        make(f, "w.db", "PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1)", NULL);
    assert_string_equal(load_as(f, path, NULL), "a/1");
    const char *odd = make(f, "a?b#c%41.db",
                           "PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (2)", NULL);
    assert_string_equal(load_as(f, odd, NULL), "a/2");
}

/* What is only in the log is read. */
static void busy_logs(void **state) {
    fixture *f = *state;
    sqlite3 *db;
    const char *path = make(f, "w.db",
                            "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (a); "
                            "INSERT INTO t VALUES (7)",
                            &db);
    assert_string_equal(load_as(f, path, NULL), "a/7");
    assert_int_equal(sqlite3_exec(db, "BEGIN; INSERT INTO t VALUES (8)", NULL, NULL, NULL), SQLITE_OK);
    assert_string_equal(load_as(f, path, NULL), "a/7");
    assert_int_equal(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    assert_string_equal(load_as(f, path, NULL), "a/7/8");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void locked_files(void **state) {
    fixture *f = *state;
    sqlite3 *db;
    const char *path = make(f, "l.db", "CREATE TABLE t (a); INSERT INTO t VALUES (1); BEGIN EXCLUSIVE", &db);
    gint64 start = g_get_monotonic_time();
    assert_string_equal(
        load_as(f, path, NULL),
        "l.db:0:0: error: cannot read: another program is writing to it; try again when that is done");
    assert_true(g_get_monotonic_time() - start < 10 * G_USEC_PER_SEC);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_string_equal(load_as(f, path, NULL), "a/1");
}

/* A change that was interrupted would have to be rolled back, which a reader may not do. */
static void interrupted_changes(void **state) {
    fixture *f = *state;
    sqlite3 *db;
    char *bytes;
    gsize length;
    const char *path = make(f, "h.db", "CREATE TABLE t (a); INSERT INTO t VALUES (1)", NULL);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA cache_size = 1; BEGIN; UPDATE t SET a = 2;", NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(
            db,
            "CREATE TABLE big (x); INSERT INTO big WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT "
            "i + 1 FROM n LIMIT 500) SELECT hex(zeroblob(500)) FROM n",
            NULL, NULL, NULL),
        SQLITE_OK);
    char *journal = g_strconcat(path, "-journal", NULL);
    assert_true(g_file_get_contents(journal, &bytes, &length, NULL)); /* as a crash would leave it */
    assert_true(length > 512);
    char *half;
    gsize half_length;
    assert_true(g_file_get_contents(path, &half, &half_length, NULL));
    const char *copy = file_with(f, "c.db", half, half_length);
    file_with(f, "c.db-journal", bytes, length);
    const char *said = load_as(f, copy, NULL);
    if (!strstr(said, "a change to it was interrupted")) fail_msg("%s", said);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    g_free(journal), g_free(bytes), g_free(half);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_only_table),
        TEST(tables_views_and_queries),
        TEST(which_table),
        TEST(queries_that_are_wrong),
        TEST(queries_that_do_more_than_read),
        TEST(views_are_not_trusted),
        TEST(work_is_limited),
        TEST(values_that_are_no_cells),
        TEST(utf16_databases),
        TEST(damaged_files),
        TEST(any_damage_is_survived),
        TEST(idle_logs),
        TEST(busy_logs),
        TEST(locked_files),
        TEST(interrupted_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
