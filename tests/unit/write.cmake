# SPDX-License-Identifier: GPL-3.0-or-later
kg_test(test_write_text write)
kg_test(test_write_out write)
kg_test(test_write_rdf write)
kg_test(test_write_xml write)
kg_test(test_write_tables write)
kg_test(test_write_store write store record)
kg_test(test_write_memory write)
target_link_options(test_write_memory PRIVATE
                    -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc)
# The same graph as other programs read it.
add_subdirectory("${PROJECT_SOURCE_DIR}/tests/interop" interop)
