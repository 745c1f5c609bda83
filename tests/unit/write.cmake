# SPDX-License-Identifier: GPL-3.0-or-later
kg_test(test_write_text write)
kg_test(test_write_out write)
kg_test(test_write_rdf write)
kg_test(test_write_xml write)
kg_test(test_write_tables write)
