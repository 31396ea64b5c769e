/* Information dictionary and XMP, which agree (ISO 19005-3 6.6), and the output intent (6.2.3). */
#include "output/pdf_meta.h"

#include "base/text.h"

#define PRODUCER "jianbao " JB_VERSION_STRING

static bool is_said(const char *text) { return text && *text; }

const char *jb_pdf_language(const jb_pages *pages) {
    return is_said(pages->language) ? pages->language : "zh-CN";
}

const char *jb_pdf_title(const jb_pages *pages) {
    if (is_said(pages->title)) return pages->title;
    for (guint i = 0; i < pages->bookmarks->len; i++) {
        const char *title = g_array_index(pages->bookmarks, jb_bookmark, i).title;
        if (is_said(title)) return title;
    }
    return g_str_has_prefix(jb_pdf_language(pages), "zh") ? "无标题" : "Untitled";
}

static void put_language_text(GString *out, const char *name, const char *text) {
    if (!is_said(text)) return;
    g_string_append_printf(out, "<%s><rdf:Alt><rdf:li xml:lang=\"x-default\">", name);
    jb_text_xml(out, text);
    g_string_append_printf(out, "</rdf:li></rdf:Alt></%s>\n", name);
}

static void put_list(GString *out, const char *name, const char *kind, const char *text) {
    if (!is_said(text)) return;
    g_string_append_printf(out, "<%s><rdf:%s><rdf:li>", name, kind);
    jb_text_xml(out, text);
    g_string_append_printf(out, "</rdf:li></rdf:%s></%s>\n", kind, name);
}

/* PDF/A does not know the namespace of PDF/UA; it has to be described (ISO 19005-3 6.6.2.3). */
static const char extension[] =
    "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" "
    "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" "
    "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>\n"
    "<pdfaProperty:description>part of ISO 14289</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
    "</rdf:Description>\n";

static const char opening[] =
    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
    "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
    "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" "
    "xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
    "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>\n";

static GString *xmp(const jb_pages *pages, const char *date) {
    GString *out = g_string_new(opening);
    put_language_text(out, "dc:title", jb_pdf_title(pages));
    put_list(out, "dc:creator", "Seq", pages->author);
    put_language_text(out, "dc:description", pages->subject);
    put_list(out, "dc:language", "Bag", jb_pdf_language(pages));
    if (date)
        g_string_append_printf(
            out, "<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate>\n", date, date);
    g_string_append(out, "<xmp:CreatorTool>" PRODUCER "</xmp:CreatorTool><pdf:Producer>" PRODUCER
                         "</pdf:Producer>\n</rdf:Description>\n");
    g_string_append(out, extension);
    g_string_append(out, "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>");
    return out;
}

static void put_info(jb_pdf_doc *doc, jb_pdf_obj *info, const char *key, const char *text) {
    if (is_said(text)) jb_pdf_put_text(doc, info, key, text);
}

static jb_pdf_obj *output_intent(jb_pdf_doc *doc) {
    jb_pdf_obj *intent = jb_pdf_indirect(doc, jb_pdf_dict(doc)),
               *profile = jb_pdf_stream(doc, jb_pdf_srgb(), true);
    jb_pdf_put_int(doc, profile, "N", 3);
    jb_pdf_put_name(doc, intent, "Type", "OutputIntent");
    jb_pdf_put_name(doc, intent, "S", "GTS_PDFA1");
    jb_pdf_put_ascii(doc, intent, "OutputConditionIdentifier", "sRGB");
    jb_pdf_put_ascii(doc, intent, "Info", "sRGB IEC 61966-2-1");
    jb_pdf_put(doc, intent, "DestOutputProfile", profile);
    return intent;
}

jb_pdf_obj *jb_pdf_meta_make(jb_context *ctx, jb_pdf_doc *doc, const jb_pages *pages, jb_pdf_obj *catalog) {
    char *date = jb_pdf_date(ctx, pages, false), *stamp = jb_pdf_date(ctx, pages, true);
    jb_pdf_obj *info = jb_pdf_indirect(doc, jb_pdf_dict(doc)), *intents = jb_pdf_array(doc);
    put_info(doc, info, "Title", jb_pdf_title(pages));
    put_info(doc, info, "Author", pages->author);
    put_info(doc, info, "Subject", pages->subject);
    put_info(doc, info, "Creator", PRODUCER);
    put_info(doc, info, "Producer", PRODUCER);
    if (date) {
        jb_pdf_put_ascii(doc, info, "CreationDate", date);
        jb_pdf_put_ascii(doc, info, "ModDate", date);
    }
    jb_pdf_obj *metadata =
        jb_pdf_stream(doc, g_string_free_to_bytes(xmp(pages, stamp)), false); /* 6.6.2.1: in the open */
    jb_pdf_put_name(doc, metadata, "Type", "Metadata");
    jb_pdf_put_name(doc, metadata, "Subtype", "XML");
    jb_pdf_put(doc, catalog, "Metadata", metadata);
    jb_pdf_put(doc, intents, NULL, output_intent(doc));
    jb_pdf_put(doc, catalog, "OutputIntents", intents);
    g_free(date);
    g_free(stamp);
    return info;
}
