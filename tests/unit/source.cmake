# SPDX-License-Identifier: GPL-3.0-or-later
foreach(name charset date faults feed html json markdown plain shared walk)
    kg_test(test_source_${name} source)
endforeach()
target_link_libraries(test_source_walk PRIVATE PkgConfig::LIBARCHIVE)
target_link_libraries(test_source_faults PRIVATE PkgConfig::LIBARCHIVE)
