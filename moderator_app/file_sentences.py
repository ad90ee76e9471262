"""The English sentences about files that are read and written; kept as those of `sentences`."""

from collections.abc import Mapping

from moderator_app.marking import N_, Sentence

FILES: Mapping[str, Sentence] = {
    # exports
    "export.suffix": N_("{file}: the name must end in .csv or .jsonl."),
    # fields of what is read
    "field.missing": N_("The field {field} is missing."),
    "field.no_zone": N_("The field {field} has no time zone. Write unix seconds, or ISO 8601 with its zone."),
    "field.wrong": N_("The field {field} is not what it should be."),
    # files
    "files.not_json": N_("{path}, line {line}, column {column}: this is not a JSON object. Mend or remove the file."),
    "files.not_read": N_("{path} cannot be read: {reason}. Check that the file is there and that it is yours."),
    "files.not_written": N_("{path} cannot be written: {reason}. Check its folder and the free space on the disk."),
    # imports
    "import.broken": N_(
        "{file} breaks off or is damaged near byte {position}. What came before is kept; export the chat again and "
        "import the new file."
    ),
    "import.chat_left_out": N_(
        "The chat has no usable id, so its messages cannot be told from those of others and were left out. Export it "
        "again."
    ),
    "import.directory": N_("{file} is a folder. Choose the file in it: result.json, or a file of JSON lines."),
    "import.empty": N_("{file} is empty. Export the chat again."),
    "import.encoding": N_("{file} is written in {encoding}, which is not read here. Save it as UTF-8 and try again."),
    "import.no_chat_id": N_("{file}: a chat has no id, so its messages cannot be told from others. Export it again."),
    "import.not_a_file": N_("{file} is not a file that can be read twice. Write it to the disk first."),
    "import.not_an_export": N_(
        "{file} is neither an export of Telegram Desktop (result.json) nor JSON lines. In Telegram Desktop choose "
        "JSON as the format of the export."
    ),
    "import.not_an_object": N_("This is not a JSON object."),
    "import.unreadable": N_("{file} cannot be read: {detail}. Check that the file is there and that it is yours."),
    # scan
    "scan.no_input": N_("The standard input is closed. Name a file, or send the lines through a pipe."),
}

# What the machine says of a file or a connection, in the words of os.strerror.
FAULTS = frozenset(
    {
        N_("No such file or directory"),
        N_("Permission denied"),
        N_("Operation not permitted"),
        N_("Is a directory"),
        N_("Not a directory"),
        N_("Read-only file system"),
        N_("No space left on device"),
        N_("Input/output error"),
        N_("File name too long"),
        N_("Connection refused"),
        N_("Network is unreachable"),
    }
)
