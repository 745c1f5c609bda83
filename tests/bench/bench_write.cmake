# SPDX-License-Identifier: GPL-3.0-or-later
add_executable(bench_write "${CMAKE_CURRENT_LIST_DIR}/bench_write.c")
kg_target(bench_write)
target_link_libraries(bench_write PRIVATE kg_write)
