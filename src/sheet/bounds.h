#pragma once

#include <cstddef>

/// Bounds of files made of answers, named with their unit.
namespace kokemus::sheet::bounds {

inline constexpr std::size_t file_bytes_max = 64 * 1024 * 1024;
inline constexpr std::size_t cell_characters_max = 32'767;  ///< of XLSX; longer text is cut
inline constexpr std::size_t parquet_memory_bytes = 256 * 1024 * 1024;

}  // namespace kokemus::sheet::bounds
