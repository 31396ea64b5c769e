/* Measuring a table: kinds of columns, cells broken into lines, column widths from content, row heights. */
#include "render/table.h"

#include <math.h>
#include <string.h>

#define SHORT_WORDS 8 /* characters: a column of words so short is centred */

jb_table *jb_table_new(jb_arena *arena, unsigned rows, unsigned columns, unsigned header_rows) {
    jb_table *t = JB_NEW(arena, jb_table);
    t->rows = rows;
    t->columns = columns;
    t->header_rows = header_rows;
    t->cells = JB_ARRAY(arena, jb_table_cell, (size_t)rows * columns);
    t->column = JB_ARRAY(arena, jb_table_column, columns);
    t->row = JB_ARRAY(arena, jb_table_row, rows);
    for (size_t i = 0; i < (size_t)rows * columns; i++) t->cells[i].row_span = t->cells[i].column_span = 1;
    return t;
}

static const jb_text_style *cell_style(const jb_builder *b, const jb_table *t, unsigned row) {
    return &b->theme->styles[row < t->header_rows ? JB_STYLE_TABLE_HEAD : JB_STYLE_TABLE_CELL];
}

/* ---- kinds ---- */

static bool number_of(const char *text, jb_value *value) {
    *value = jb_value_read(text, NULL);
    return jb_value_is_numeric(value) && value->kind != JB_VALUE_RANGE && value->digits_length;
}

typedef struct tally {
    unsigned numbers, words, missing;
    glong longest;
    bool counts; /* 1, 2, 3 … down the column */
} tally;

static tally tally_column(const jb_table *t, unsigned column) {
    tally k = {.counts = true};
    double expected = 1;
    for (unsigned r = t->header_rows; r < t->rows; r++) {
        const jb_table_cell *cell = jb_table_cell_at(t, r, column);
        jb_value value;
        if (!*cell->text) continue;
        bool numeric = number_of(cell->text, &value);
        if (numeric) {
            k.numbers++;
            if (value.number != expected++) k.counts = false;
        } else if (value.kind == JB_VALUE_MISSING) {
            k.missing++;
        } else {
            k.words++;
            k.counts = false;
            k.longest = MAX(k.longest, g_utf8_strlen(cell->text, -1));
        }
    }
    return k;
}

void jb_table_classify(jb_table *t) {
    bool stub = false;
    for (unsigned c = 0; c < t->columns; c++) {
        tally k = tally_column(t, c);
        jb_table_column *column = &t->column[c];
        column->numbering = c == 0 && k.counts && k.numbers > 1 && t->columns > 2;
        if (column->spark > 0) {
            column->align = 'c';
            continue;
        }
        if (column->wish)
            column->align = column->wish;
        else if (column->numbering)
            column->align = 'c';
        else if (k.numbers && k.numbers >= k.words)
            column->align = 'n';
        else
            column->align = stub && k.longest <= SHORT_WORDS ? 'c' : 'l';
        column->stub = !stub && !column->numbering;
        if (column->stub && column->align == 'c') column->align = 'l';
        stub = stub || column->stub;
    }
}

/* ---- cells ---- */

static jb_text *part(jb_builder *b, const jb_table_cell *cell, const char *text, size_t length,
                     const jb_text_style *style) {
    jb_para_options one_line = {.align = JB_ALIGN_LEFT};
    jb_pos pos = cell->inlines.count ? cell->inlines.items[0].pos : (jb_pos){0};
    return jb_text_plain(b, jb_arena_copy(b->arena, text, length), style, cell->element, &one_line, pos);
}

/* The text between two offsets without blanks at its ends, set small; NULL when there is none. */
static jb_text *qualifier(jb_builder *b, const jb_table_cell *cell, const char *from, const char *to) {
    while (from < to && *from == ' ') from++;
    while (to > from && to[-1] == ' ') to--;
    const jb_text_style *style = &b->theme->styles[JB_STYLE_QUALIFIER];
    return from < to ? part(b, cell, from, (size_t)(to - from), style) : NULL;
}

static double text_width(const jb_text *text) { return text ? text->para->width : 0; }

/* The digits of a number and their sign: a minus where the data have a hyphen. */
static const char *digits_of(jb_builder *b, const jb_value *value) {
    const char *digits = value->raw + value->digits_at;
    if (!value->digits_length || *digits != '-') return jb_arena_copy(b->arena, digits, value->digits_length);
    char *text = g_strdup_printf("\xE2\x88\x92%.*s", (int)value->digits_length - 1, digits + 1); /* U+2212 */
    const char *kept = jb_arena_string(b->arena, text);
    g_free(text);
    return kept;
}

/* Sets a number: digits on the decimal point, qualifiers outside. */
static void set_number(jb_builder *b, const jb_table *t, jb_table_cell *cell, unsigned row,
                       const jb_value *value) {
    const jb_text_style *style = cell_style(b, t, row);
    const char *from = value->raw + value->digits_at, *end = from + value->digits_length;
    const char *digits = digits_of(b, value), *point = strchr(digits, '.');
    cell->numeric = true;
    cell->before = qualifier(b, cell, value->raw, from);
    cell->body = part(b, cell, digits, strlen(digits), style);
    cell->behind = qualifier(b, cell, end, value->raw + strlen(value->raw));
    cell->whole = cell->body->para->width;
    if (point) {
        char *whole = jb_arena_copy(b->arena, digits, (size_t)(point - digits));
        cell->whole = jb_para_width(b->fonts, b->arena, &style->font, whole);
    }
    cell->fraction = cell->body->para->width - cell->whole;
}

static double overhang(const jb_text *text) { return text ? text_width(text) + JB_TABLE_QUALIFIER_GAP : 0; }

/* Numbers of a column first: their block is centred, the qualifiers hang outside. */
static void set_numbers(jb_builder *b, jb_table *t, unsigned c) {
    jb_table_column *column = &t->column[c];
    double left = 0, right = 0;
    for (unsigned r = t->header_rows; r < t->rows && column->align == 'n'; r++) {
        jb_table_cell *cell = jb_table_cell_at(t, r, c);
        jb_value value;
        if (cell->covered || !number_of(cell->text, &value)) continue;
        set_number(b, t, cell, r, &value);
        column->whole = MAX(column->whole, cell->whole);
        column->fraction = MAX(column->fraction, cell->fraction);
    }
    for (unsigned r = t->header_rows; r < t->rows; r++) {
        const jb_table_cell *cell = jb_table_cell_at(t, r, c);
        if (!cell->numeric) continue;
        left = MAX(left, cell->whole + overhang(cell->before) - column->whole);
        right = MAX(right, cell->fraction + overhang(cell->behind) - column->fraction);
    }
    column->natural = column->least = column->whole + column->fraction + 2 * MAX(left, right);
}

/* What a cell cannot be narrower than: four characters, or all of a verdict. */
static double least_width(const jb_table_cell *cell, double width, double em) {
    return cell->verdict ? width : MIN(width, 4 * em);
}

static double mark_room(const jb_table_cell *cell) {
    return cell->verdict ? JB_TABLE_MARK + JB_TABLE_MARK_GAP : 0;
}

static void measure_words(jb_builder *b, jb_table *t, unsigned c) {
    jb_table_column *column = &t->column[c];
    column->natural = MAX(column->natural, column->spark);
    column->least = MAX(column->least, column->spark);
    for (unsigned r = 0; r < t->rows; r++) {
        jb_table_cell *cell = jb_table_cell_at(t, r, c);
        if (cell->covered || cell->numeric || cell->column_span > 1 || !*cell->text) continue;
        jb_style font = cell_style(b, t, r)->font;
        if (t->row[r].total) font.role = JB_ROLE_HEI; /* as set_words sets it */
        double room = cell->indent + mark_room(cell);
        double width = jb_para_width(b->fonts, b->arena, &font, cell->text);
        column->natural = MAX(column->natural, width + room);
        column->least = MAX(column->least, least_width(cell, width, font.size) + room);
    }
}

/* A cell over several columns must find its width in them. */
static void widen_for_spans(jb_builder *b, jb_table *t) {
    for (unsigned r = 0; r < t->rows; r++) {
        for (unsigned c = 0; c < t->columns; c++) {
            jb_table_cell *cell = jb_table_cell_at(t, r, c);
            if (cell->covered || cell->column_span < 2) continue;
            double need = jb_para_width(b->fonts, b->arena, &cell_style(b, t, r)->font, cell->text), have = 0;
            for (unsigned k = 0; k < cell->column_span; k++) have += t->column[c + k].natural;
            for (unsigned k = 0; k < cell->column_span && need > have; k++)
                t->column[c + k].natural += (need - have) / cell->column_span;
        }
    }
}

/* ---- widths ---- */

static double sum_widths(const jb_table *t) {
    double sum = 0;
    for (unsigned c = 0; c < t->columns; c++) sum += t->column[c].width;
    return sum;
}

static void stretch(jb_table *t, double room) {
    unsigned shares = 0;
    double extra = room - sum_widths(t);
    for (unsigned c = 0; c < t->columns; c++) shares += !t->column[c].numbering;
    for (unsigned c = 0; c < t->columns; c++)
        if (shares && !t->column[c].numbering) t->column[c].width += extra / shares;
}

/* Takes what is too much from the columns in step with what each can give. */
static void shrink(jb_builder *b, jb_table *t, double room, double pad) {
    double over = sum_widths(t) - room, slack = 0;
    for (unsigned c = 0; c < t->columns; c++) slack += t->column[c].natural - t->column[c].least;
    double share = slack > 0 ? MIN(1, over / slack) : 0;
    for (unsigned c = 0; c < t->columns; c++)
        t->column[c].width -= share * (t->column[c].natural - t->column[c].least);
    double sum = sum_widths(t);
    if (sum <= room + 0.01) return;
    jb_diag(b->ctx, JB_WARNING, t->pos,
            "the table needs %d pt and the page has %d: its columns are narrower than their words",
            (int)ceil(sum), (int)room);
    for (unsigned c = 0; c < t->columns; c++)
        t->column[c].width = MAX(2 * pad + 1, t->column[c].width * room / sum);
}

static void choose_widths(jb_builder *b, jb_table *t, double room) {
    double pad = b->theme->table.pad;
    for (unsigned c = 0; c < t->columns; c++) {
        jb_table_column *column = &t->column[c];
        column->least = MIN(column->least, column->natural);
        column->width = column->natural + 2 * pad;
    }
    double natural = sum_widths(t);
    if (natural > room)
        shrink(b, t, room, pad);
    else if (natural >= b->theme->table.narrow * room)
        stretch(t, room);
    t->width = 0;
    for (unsigned c = 0; c < t->columns; c++) {
        t->column[c].x = t->width;
        t->width += t->column[c].width;
    }
    t->x = b->x + (room - t->width) / 2;
}

/* ---- heights ---- */

static double cell_width(const jb_table *t, unsigned c, const jb_table_cell *cell) {
    double width = 0;
    for (unsigned k = 0; k < cell->column_span && c + k < t->columns; k++) width += t->column[c + k].width;
    return width;
}

static void set_words(jb_builder *b, jb_table *t, unsigned r, unsigned c, double pad) {
    jb_table_cell *cell = jb_table_cell_at(t, r, c);
    if (cell->covered || cell->numeric || !*cell->text) return;
    double room = MAX(1, cell_width(t, c, cell) - 2 * pad - cell->indent - mark_room(cell));
    jb_para_options options = {.measure = room + 0.01, .align = JB_ALIGN_LEFT, .balance = true};
    jb_text_style *style = JB_NEW(b->arena, jb_text_style);
    *style = *cell_style(b, t, r);
    if (t->row[r].total) style->font.role = JB_ROLE_HEI;
    if ((t->column[c].align == 'n' || t->column[c].spark > 0) && r >= t->header_rows &&
        jb_value_read(cell->text, NULL).kind == JB_VALUE_MISSING)
        style->colour = b->theme->ink.text2;
    cell->body = jb_text_new(b, &cell->inlines, style, cell->element, &options);
}

static void find_height(const jb_builder *b, jb_table *t, unsigned r) {
    const jb_theme_table *theme = &b->theme->table;
    unsigned lines = 1;
    for (unsigned c = 0; c < t->columns; c++) {
        const jb_table_cell *cell = jb_table_cell_at(t, r, c);
        if (cell->covered || cell->row_span > 1 || !cell->body) continue;
        lines = MAX(lines, cell->body->para->count);
    }
    t->row[r].height = (r < t->header_rows ? theme->head_row : theme->row) + (lines - 1) * theme->row_line;
}

/* A header cell over several rows that needs more lines than they give makes the last of them higher. */
static void grow_for_tall(const jb_builder *b, jb_table *t) {
    for (unsigned r = 0; r < t->header_rows; r++) {
        for (unsigned c = 0; c < t->columns; c++) {
            const jb_table_cell *cell = jb_table_cell_at(t, r, c);
            if (cell->covered || cell->row_span < 2 || !cell->body) continue;
            double have = 0, need = cell->body->para->count * b->theme->table.row_line + 4;
            unsigned last = MIN(r + cell->row_span, t->rows) - 1;
            for (unsigned k = r; k <= last; k++) have += t->row[k].height;
            if (need > have) t->row[last].height += need - have;
        }
    }
}

void jb_table_measure(jb_builder *b, jb_table *t, double room) {
    double pad = b->theme->table.pad;
    for (unsigned c = 0; c < t->columns; c++) {
        set_numbers(b, t, c);
        measure_words(b, t, c);
    }
    widen_for_spans(b, t);
    choose_widths(b, t, room);
    for (unsigned r = 0; r < t->rows; r++) {
        for (unsigned c = 0; c < t->columns; c++) set_words(b, t, r, c, pad);
        find_height(b, t, r);
    }
    grow_for_tall(b, t);
    for (unsigned r = 0; r < t->header_rows; r++) t->head_height += t->row[r].height;
}
