// SPDX-License-Identifier: GPL-3.0-or-later
#include "source_helper.h"

static const char rss[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss "
    "version=\"2.0\"><channel><title>青山日报</title>\n"
    "<item><title>东湖&amp;南湖</title><link>https://x.example/1</link><guid>g1</guid>"
    "<pubDate>Tue, 09 Nov 2021 22:38:42 GMT</pubDate>"
    "<description><![CDATA[<p>东湖园区<b>开园</b>。</p><script>x()</script>]]></description></"
    "item>\n"
    "<item><title>北湖</title><link>https://x.example/2</link>"
    "<description>&lt;p&gt;北湖园区&#24320;园。&lt;/p&gt;</description></item>\n"
    "</channel></rss>\n";

static void items_of_rss_are_documents(void** state) {
    (void)state;
    reading r = {0};
    read_text(&r, rss, "feed.xml");
    assert_int_equal(r.documents.count, 2);
    const kg_document* const d = r.documents.items[0];
    assert_slice(d->name, "feed.xml#g1");
    assert_slice(d->title, "东湖&南湖");
    assert_slice(d->date, "2021-11-09");
    assert_slice(d->url, "https://x.example/1");
    assert_slice(d->publisher, "青山日报");
    assert_int_equal(d->format, KG_FORMAT_FEED);
    assert_string_equal(blocks_of(&r, 0), "T:东湖&南湖|P:东湖园区开园。");
    check_origins(d, rss, strlen(rss));
    assert_slice(r.documents.items[1]->name, "feed.xml#https://x.example/2");
    assert_string_equal(blocks_of(&r, 1), "T:北湖|P:北湖园区开园。");
    check_origins(r.documents.items[1], rss, strlen(rss));
    assert_int_equal(r.faults.count, 0);
    forget(&r);
}

static void entries_of_atom_are_documents(void** state) {
    (void)state;
    reading r = {0};
    read_text(
        &r,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>源</title><entry><title>题</title>"
        "<id>urn:1</id><link rel=\"edit\" href=\"https://x.example/e\"/>"
        "<link href=\"https://x.example/a\"/><updated>2020-01-02T00:00:00Z</updated>"
        "<summary>短。</summary><content type=\"text\">全文在此。</content></entry></feed>",
        "a.atom");
    assert_int_equal(r.documents.count, 1);
    assert_slice(r.documents.items[0]->url, "https://x.example/a");
    assert_slice(r.documents.items[0]->date, "2020-01-02");
    assert_string_equal(blocks_of(&r, 0), "T:题|P:全文在此。");
    forget(&r);
}

static void entities_are_never_expanded(void** state) {
    (void)state;
    reading r = {0};
    read_text(&r,
              "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
              "\"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
              "<rss><channel><item><title>&b;&x;</title><description>文。</description></item>"
              "</channel></rss>",
              "bomb.xml");
    assert_int_equal(r.documents.count, 0);
    assert_int_equal(r.faults.count, 1);
    assert_int_equal(r.faults.items[0].status, KG_ERR_FORMAT);
    assert_string_equal(r.faults.items[0].source, "bomb.xml");
    forget(&r);
}

static void a_feed_cut_off_gives_its_whole_items(void** state) {
    (void)state;
    reading r = {0};
    const size_t second = (size_t)(strstr(rss, "<title>北湖") - rss);
    read_bytes(&r, rss, second + 20, "feed.xml");
    assert_int_equal(r.documents.count, 1);
    assert_int_equal(r.faults.count, 1);
    assert_true(r.faults.items[0].line >= 3);
    forget(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_of_rss_are_documents),
        cmocka_unit_test(entries_of_atom_are_documents),
        cmocka_unit_test(entities_are_never_expanded),
        cmocka_unit_test(a_feed_cut_off_gives_its_whole_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
