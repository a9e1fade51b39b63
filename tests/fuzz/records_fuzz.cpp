#include "intake/record_reader.h"
#include "memory_input.h"

/// First line: the delimiter, the quote ("0": none) and the line end ("r" or "n"); then the file.
int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace kokemus;
    fuzz::HostileInput input(bytes, size);
    const std::string_view form = input.line();
    intake::RecordReader::Options options;
    options.delimiter = form.empty() ? ',' : form[0];
    options.quote = form.size() < 2 ? '"' : form[1] == '0' ? '\0' : form[1];
    options.line_end = form.size() > 2 && form[2] == 'r' ? '\r' : '\n';
    options.text_bytes_max = 200;
    const std::string_view text = input.rest();
    const bool is_csv = options.delimiter != options.quote &&
                        options.delimiter != options.line_end && options.quote != options.line_end;
    if (text.empty() || !is_csv) {
        return 0;
    }
    const fuzz::MemoryInput file(text);
    auto reader = intake::RecordReader::open(file.path(), options);
    if (!reader || text.starts_with("\x1f\x8b")) {
        return 0;
    }
    std::uint64_t end = 0;
    std::uint64_t line = 0;
    for (auto next = reader->next(); next && *next; next = reader->next()) {
        const intake::Record& record = reader->record();
        fuzz::must(record.offset >= end && record.offset <= end + 2, "a record leaves bytes out");
        fuzz::must(record.offset + record.bytes <= text.size(), "a record goes beyond the file");
        fuzz::must(record.line > line, "a record stands at the line of another");
        fuzz::must(reader->text().size() <= options.text_bytes_max, "more text than asked for");
        fuzz::must(text.substr(record.offset, reader->text().size()) == reader->text(),
                   "a record has another text");
        fuzz::must(record.blank == (record.bytes == 0), "blank, and not");
        fuzz::must(!intake::split_record(reader->text(), options.delimiter, options.quote).empty(),
                   "a record without fields");
        end = record.offset + record.bytes;
        line = record.line;
    }
    fuzz::must(text.size() - end <= 2, "the end of the file was not read");
    return 0;
}
