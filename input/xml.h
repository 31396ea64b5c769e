/* XML out of an archive, event by event. Document types, and with them entities, are refused. */
#ifndef JB_INPUT_XML_H
#define JB_INPUT_XML_H

#include "input/zip.h"

/* What to do at each event; an answer other than JB_OK ends the reading, and the diagnostic is the handler's.
 * `attributes` is name, value, …, NULL. Text comes in pieces. */
typedef struct jb_xml_events {
    jb_status (*start)(void *user, const char *name, const char **attributes);
    jb_status (*end)(void *user, const char *name);
    jb_status (*text)(void *user, const char *text, size_t length); /* may be NULL */
    bool spaces; /* names are "NAMESPACE|LOCAL", else see jb_xml_read */
} jb_xml_events;

/* Reads an entry as XML. Unless `spaces` is set, names are local names of the root element's namespace, and
 * elements with another prefix are left out with all they contain: OOXML parts have one namespace (of two
 * spellings) and extensions that must be ignored. Attributes keep their prefix. Limits: JB_LIMIT_XML_DEPTH,
 * _XML_TOKEN and those of jb_zip. */
jb_status jb_xml_read(jb_zip *zip, const char *entry, const jb_xml_events *events, void *user);
/* The value of an attribute, NULL when it is not there. */
const char *jb_xml_attribute(const char **attributes, const char *name);
/* xsd:boolean: "1", "true", "on". */
bool jb_xml_is_true(const char *value);

#endif
