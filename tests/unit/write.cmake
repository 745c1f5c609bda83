# SPDX-License-Identifier: GPL-3.0-or-later
kg_test(test_write_text write)
kg_test(test_write_out write)
kg_test(test_write_rdf write)
kg_test(test_write_xml write)
kg_test(test_write_tables write)
kg_test(test_write_store write store record)
# The same graph as other programs read it.
add_subdirectory("${PROJECT_SOURCE_DIR}/tests/interop" interop)
