/* Expat over an entry of an archive. */
#include "input/xml.h"

#include <expat.h>
#include <string.h>
#include "base/limits.h"

#define PIECE 65536

typedef struct reader {
    jb_zip *zip;
    const char *entry;
    const jb_xml_events *events;
    void *user;
    XML_Parser parser;
    jb_status status;
    unsigned depth;
    unsigned foreign; /* depth of the outermost element of another namespace, 0: none */
    char *prefix;     /* of the root, with its colon; "" when it has none */
    size_t prefix_length;
    XML_Size fed;
} reader;

static void stop(reader *r, jb_status status) {
    r->status = status;
    XML_StopParser(r->parser, XML_FALSE);
}

static void fail(reader *r, const char *what) {
    if (r->status != JB_OK) return;
    stop(r, jb_fail(jb_zip_context(r->zip), jb_pos_file(jb_zip_file(r->zip)), "%s, line %lu: %s", r->entry,
                    (unsigned long)XML_GetCurrentLineNumber(r->parser), what));
}

static void take_prefix(reader *r, const char *root) {
    const char *colon = r->events->spaces ? NULL : strchr(root, ':');
    r->prefix_length = colon ? (size_t)(colon + 1 - root) : 0;
    r->prefix = g_strndup(root, r->prefix_length);
}

/* The name within the root's namespace, never empty; NULL when it belongs to another. */
static const char *local_name(const reader *r, const char *name) {
    if (r->events->spaces) return name;
    if (!r->prefix_length) return strchr(name, ':') ? NULL : name;
    bool ours = !strncmp(name, r->prefix, r->prefix_length) && name[r->prefix_length]; /* expat lets “x:” pass */
    return ours ? name + r->prefix_length : NULL;
}

/* Where a writer offers something of its own beside what all know (ECMA-376-3, 10.2), the latter is read: these two elements
 * count as if they were not there, and the choice, which is foreign, is passed over. */
static bool is_alternative(const reader *r, const char *name) {
    return !r->events->spaces && (g_str_has_suffix(name, ":AlternateContent") || g_str_has_suffix(name, ":Fallback"));
}

static void XMLCALL on_start(void *user, const char *name, const char **attributes) {
    reader *r = user;
    if (r->status != JB_OK) return;
    if (!r->depth++) take_prefix(r, name);
    if (r->depth > JB_LIMIT_XML_DEPTH) {
        fail(r, "elements are nested deeper than the limit of " G_STRINGIFY(JB_LIMIT_XML_DEPTH));
        return;
    }
    if (r->foreign) return;
    const char *local = local_name(r, name);
    jb_status status = JB_OK;
    if (local)
        status = r->events->start(r->user, local, attributes);
    else if (!is_alternative(r, name))
        r->foreign = r->depth;
    if (status != JB_OK) stop(r, status);
}

static void XMLCALL on_end(void *user, const char *name) {
    reader *r = user;
    if (r->status != JB_OK) return;
    unsigned depth = r->depth--;
    if (r->foreign) {
        if (depth == r->foreign) r->foreign = 0;
        return;
    }
    const char *local = local_name(r, name);
    jb_status status = local ? r->events->end(r->user, local) : JB_OK;
    if (status != JB_OK) stop(r, status);
}

static void XMLCALL on_text(void *user, const char *text, int length) {
    reader *r = user;
    if (r->status != JB_OK || r->foreign) return;
    jb_status status = r->events->text(r->user, text, (size_t)length);
    if (status != JB_OK) stop(r, status);
}

static void XMLCALL on_doctype(void *user, const char *name, const char *system, const char *public,
                               int internal) {
    (void)name, (void)system, (void)public, (void)internal;
    fail(user, "a document type is not allowed in a spreadsheet");
}

/* Expat starts a token that is cut off over again with each piece, so a long one would cost the square of its
 * length. */
static void check_token(reader *r, size_t got) {
    r->fed += (XML_Size)got;
    XML_Index at = XML_GetCurrentByteIndex(r->parser);
    if (r->status == JB_OK && at >= 0 && r->fed - (XML_Size)at > JB_LIMIT_XML_TOKEN + PIECE)
        fail(r, "a tag or comment is longer than the limit of " G_STRINGIFY(JB_LIMIT_XML_TOKEN) " bytes");
}

/* One piece of the entry; false at its end and after errors. */
static bool feed(reader *r, jb_zip_entry *entry) {
    size_t got = 0;
    void *buffer = XML_GetBuffer(r->parser, PIECE);
    if (!buffer) {
        fail(r, XML_ErrorString(XML_GetErrorCode(r->parser)));
        return false;
    }
    jb_status status = jb_zip_entry_read(entry, buffer, PIECE, &got);
    if (status != JB_OK) {
        r->status = status;
        return false;
    }
    if (XML_ParseBuffer(r->parser, (int)got, got == 0) != XML_STATUS_OK)
        fail(r, XML_ErrorString(XML_GetErrorCode(r->parser)));
    if (got) check_token(r, got);
    return got > 0 && r->status == JB_OK;
}

jb_status jb_xml_read(jb_zip *zip, const char *name, const jb_xml_events *events, void *user) {
    jb_zip_entry *entry;
    jb_status status = jb_zip_entry_open(zip, name, &entry);
    if (status != JB_OK) return status;
    reader r = {.zip = zip, .entry = name, .events = events, .user = user};
    r.parser = events->spaces ? XML_ParserCreateNS(NULL, '|') : XML_ParserCreate(NULL);
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, on_start, on_end);
    if (events->text) XML_SetCharacterDataHandler(r.parser, on_text);
    XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
    while (feed(&r, entry)) {
    }
    XML_ParserFree(r.parser);
    jb_zip_entry_close(entry);
    g_free(r.prefix);
    return r.status;
}

const char *jb_xml_attribute(const char **attributes, const char *name) {
    for (; *attributes; attributes += 2)
        if (!strcmp(*attributes, name)) return attributes[1];
    return NULL;
}

bool jb_xml_is_true(const char *value) {
    return value && (!strcmp(value, "1") || !strcmp(value, "true") || !strcmp(value, "on"));
}
