"""What is said of a fault, in both languages: one sentence that says what would work. Words only; finds no fault.

A key is the fault's code, or the code and what it is about (`missing_value.stream`) where a code has several sentences.
"""

from __future__ import annotations

SENTENCES: dict[str, dict[str, str]] = {
    # the file as a whole
    "too_large": {
        "en": "{file} is larger than {most} MiB; remove what is not to be imported.",
        "id": "{file} lebih besar dari {most} MiB; hapus bagian yang tidak perlu diimpor.",
    },
    "empty": {
        "en": "{file} is empty; save the sheet again and upload that file.",
        "id": "{file} kosong; simpan kembali lembarnya lalu unggah berkas itu.",
    },
    "old_excel": {
        "en": "{file} is locked or an old XLS workbook; save it as XLSX without a password.",
        "id": "{file} terkunci atau masih berformat XLS lama; simpan sebagai XLSX tanpa kata sandi.",
    },
    "no_rows": {
        "en": "{file} has no rows under its header; write column names first, then one row each.",
        "id": "{file} tidak memiliki baris di bawah judul kolom; tulis judul kolom dahulu, lalu baris-barisnya.",
    },
    "nothing_filled": {
        "en": "{file} holds no score yet; fill in at least one row and upload it again.",
        "id": "{file} belum berisi nilai; isi paling sedikit satu baris lalu unggah kembali.",
    },
    "unreadable.text": {
        "en": "The file is no text and no workbook; save the sheet as CSV or XLSX.",
        "id": "Berkas ini bukan teks dan bukan buku kerja; simpan lembarnya sebagai CSV atau XLSX.",
    },
    "unreadable.workbook": {
        "en": "The workbook cannot be read; save it again as XLSX, or as CSV.",
        "id": "Buku kerja tidak dapat dibaca; simpan kembali sebagai XLSX, atau sebagai CSV.",
    },
    "unreadable.hidden": {
        "en": "The workbook has no visible sheet; put the rows on its first sheet.",
        "id": "Buku kerja tidak memiliki lembar yang terlihat; letakkan baris-barisnya di lembar pertama.",
    },
    "unreadable.damaged": {
        "en": "The file is damaged and cannot be unpacked; save it again as XLSX or CSV.",
        "id": "Berkas rusak dan tidak dapat dibuka; simpan kembali sebagai XLSX atau CSV.",
    },
    "unreadable.packing": {
        "en": "The file is packed in a way that spreadsheets never use; save it again as XLSX.",
        "id": "Berkas dikemas dengan cara yang tidak dipakai lembar kerja; simpan kembali sebagai XLSX.",
    },
    "too_many_members": {
        "en": "The archive holds {found} files, more than {most}; save the sheet alone as XLSX or CSV.",
        "id": "Arsip berisi {found} berkas, lebih dari {most}; simpan lembarnya saja sebagai XLSX atau CSV.",
    },
    "unsafe_member": {
        "en": "The archive holds a file whose name leaves it or stands twice; save the sheet again as XLSX or CSV.",
        "id": "Arsip berisi berkas yang namanya keluar dari arsip atau ganda; simpan kembali sebagai XLSX atau CSV.",
    },
    "encrypted": {
        "en": "The file is locked with a password; save it without one.",
        "id": "Berkas dikunci dengan kata sandi; simpan tanpa kata sandi.",
    },
    "too_large_unpacked": {
        "en": "The file unpacks to more than {most} MiB, or a sheet to more than {part}; save only the rows to import.",
        "id": "Isi berkas lebih dari {most} MiB, atau satu lembar lebih dari {part} MiB; simpan hanya baris impor.",
    },
    "zip_bomb": {
        "en": "The file unpacks to more than {most} times its size; save the sheet as CSV instead.",
        "id": "Isi berkas lebih dari {most} kali ukurannya; simpan lembarnya sebagai CSV.",
    },
    "unsafe_xml": {
        "en": "The file declares a document type, which a spreadsheet never needs; save it again as XLSX.",
        "id": "Berkas menyatakan tipe dokumen, yang tidak pernah diperlukan lembar kerja; simpan kembali sebagai XLSX.",
    },
    "too_many_rows": {
        "en": "The file has more than {most} rows; split it.",
        "id": "Berkas memiliki lebih dari {most} baris; pecah menjadi beberapa berkas.",
    },
    "too_many_columns": {
        "en": "Row {number} has more than {most} columns; remove some.",
        "id": "Baris {number} memiliki lebih dari {most} kolom; kurangi kolomnya.",
    },
    "too_many_faults": {
        "en": "{rest} more faults are not listed; mend these and upload the file again.",
        "id": "{rest} kesalahan lagi tidak ditampilkan; perbaiki yang ini lalu unggah kembali.",
    },
    "unreadable_row": {
        "en": "The row cannot be read ({problem}); check its quotation marks.",
        "id": "Baris ini tidak dapat dibaca ({problem}); periksa tanda kutipnya.",
    },
    # columns
    "unknown_column": {
        "en": "The column is not known; known are {known}; name it 'note' to have it skipped.",
        "id": "Kolom ini tidak dikenal; yang dikenal: {known}; beri nama 'catatan' agar dilewati.",
    },
    "duplicate_column": {
        "en": "The column holds the same as column {first}; keep one of them.",
        "id": "Kolom ini berisi hal yang sama dengan kolom {first}; pakai salah satu.",
    },
    "missing_column": {
        "en": "There is no column {name}; add one.",
        "id": "Tidak ada kolom {name}; tambahkan.",
    },
    "unnamed_column": {
        "en": "{written!r} stands beyond the named columns; name the column, or put quotation marks around "
        "a value that holds the separator.",
        "id": "{written!r} berada di luar kolom yang bernama; beri nama kolomnya, atau apit dengan tanda kutip nilai "
        "yang mengandung pemisah.",
    },
    # cells
    "too_long": {
        "en": "The text has {length} characters; {most} are the most.",
        "id": "Teks ini {length} karakter; paling banyak {most}.",
    },
    "control_character": {
        "en": "The text holds control characters; type it again.",
        "id": "Teks mengandung karakter kendali; ketik kembali.",
    },
    "formula": {
        "en": "The cell holds a formula; paste its value instead.",
        "id": "Sel berisi rumus; tempelkan nilainya saja.",
    },
    "error_cell": {
        "en": "The cell shows the error {value}; write a value or leave it empty.",
        "id": "Sel menunjukkan galat {value}; tulis nilainya atau kosongkan.",
    },
    "merged_cells": {
        "en": "The cells {cells} are merged; split them and write the value into each.",
        "id": "Sel {cells} digabung; pisahkan dan tulis nilainya di setiap sel.",
    },
    "not_a_count": {
        "en": "{written!r} is not a count; write a whole number from 0 to 999999.",
        "id": "{written!r} bukan jumlah; tulis bilangan bulat dari 0 sampai 999999.",
    },
    "not_a_number": {
        "en": "{written!r} is not a number; write it like 2.1 or 2,1.",
        "id": "{written!r} bukan angka; tulis seperti 2,1 atau 2.1.",
    },
    # the earlier survey
    "missing_value.indicator": {
        "en": "There is no indicator; {framework} has {first} to {last}.",
        "id": "Indikatornya kosong; {framework} memuat {first} sampai {last}.",
    },
    "unknown_indicator": {
        "en": "{written!r} is not an indicator; {framework} has {first} to {last}.",
        "id": "{written!r} bukan indikator; {framework} memuat {first} sampai {last}.",
    },
    "unknown_stream": {
        "en": "Write interview (wawancara) or metric (terukur).",
        "id": "Tulis wawancara (interview) atau terukur (metric).",
    },
    "missing_value.stream": {
        "en": "Write interview (wawancara) or metric (terukur).",
        "id": "Tulis wawancara (interview) atau terukur (metric).",
    },
    "off_scale": {
        "en": "{written} is off the scale; write a number from {low} to {high}, or leave it empty.",
        "id": "{written} di luar skala; tulis angka dari {low} sampai {high}, atau kosongkan.",
    },
    "duplicate_row.interview": {
        "en": "{item} has its interview row in row {first} already; keep one of them.",
        "id": "Nilai wawancara {item} sudah ada di baris {first}; pakai salah satu.",
    },
    "duplicate_row.metric": {
        "en": "{item} has its metric row in row {first} already; keep one of them.",
        "id": "Data terukur {item} sudah ada di baris {first}; pakai salah satu.",
    },
    "missing_value.count": {
        "en": "Write a whole number from 0.",
        "id": "Tulis bilangan bulat mulai dari 0.",
    },
    "nothing_asked": {
        "en": "Nothing was asked; write how many were, or leave the row out.",
        "id": "Tidak ada yang ditanyakan; tulis jumlahnya, atau hapus barisnya.",
    },
    "more_than_asked": {
        "en": "{answered} answered of {asked} asked; write at most as many as were asked.",
        "id": "{answered} terjawab dari {asked} pertanyaan; tulis paling banyak sejumlah pertanyaan.",
    },
    "answers_without_score": {
        "en": "There is no score for {answered} answers; write it, or 0 answered.",
        "id": "Tidak ada nilai untuk {answered} jawaban; tulis nilainya, atau 0 terjawab.",
    },
    "score_without_answers": {
        "en": "Nothing was answered; leave the score empty.",
        "id": "Tidak ada yang terjawab; kosongkan nilainya.",
    },
    "year_out_of_range": {
        "en": "{year} is out of range; write a year from {first} to {last}.",
        "id": "{year} di luar jangkauan; tulis tahun dari {first} sampai {last}.",
    },
    # seats
    "too_many_seats": {
        "en": "The file asks for more than {most} seats; issue them in several files.",
        "id": "Berkas meminta lebih dari {most} kursi; terbitkan dalam beberapa berkas.",
    },
    "unknown_group": {
        "en": "{written!r} is no group of this workshop; choose one of: {choices}.",
        "id": "{written!r} bukan kelompok lokakarya ini; pilih salah satu: {choices}.",
    },
    "missing_value.group": {
        "en": "There is no group; choose one of: {choices}.",
        "id": "Kelompoknya kosong; pilih salah satu: {choices}.",
    },
    "no_seats": {
        "en": "No seats are asked for; write at least 1, or leave the row out.",
        "id": "Tidak ada kursi yang diminta; tulis paling sedikit 1, atau hapus barisnya.",
    },
    "named_count": {
        "en": "A person takes one seat; leave the name or the count empty.",
        "id": "Satu orang satu kursi; kosongkan nama atau jumlahnya.",
    },
    "unknown_gender": {
        "en": "Write female (perempuan), male (laki-laki), other (lainnya) or nothing.",
        "id": "Tulis perempuan (female), laki-laki (male), lainnya (other), atau kosongkan.",
    },
}
