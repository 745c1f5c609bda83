# SPDX-License-Identifier: GPL-3.0-or-later
add_executable(bench_source "${CMAKE_CURRENT_LIST_DIR}/bench_source.c")
kg_target(bench_source)
target_link_libraries(bench_source PRIVATE kg_source kg_text)
