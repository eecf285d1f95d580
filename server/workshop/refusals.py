"""Every refusal: a stable code for programs and a sentence for people that says what would work, in both languages."""

from __future__ import annotations

from typing import Any

CODES: dict[str, dict[str, str]] = {
    # who
    "not_signed_in": {
        "en": "Show a pass: join with your seat card, or sign in.",
        "id": "Tunjukkan izin masuk: gabung dengan kartu kursi Anda, atau masuk dahulu.",
    },
    "pass_revoked": {
        "en": "This pass is no longer valid; join again with your seat card, or ask the organiser.",
        "id": "Izin ini tidak berlaku lagi; gabung kembali dengan kartu kursi, atau tanyakan kepada penyelenggara.",
    },
    "not_allowed": {
        "en": "Your role may not do this; ask {allowed}.",
        "id": "Peran Anda tidak dapat melakukan ini; mintalah {allowed}.",
    },
    "other_group": {
        "en": "You run other groups; ask the facilitator of {group} or the organiser.",
        "id": "Anda memandu kelompok lain; mintalah fasilitator {group} atau penyelenggara.",
    },
    "lease_held": {
        "en": "{holder} is in control of {group}; take over first.",
        "id": "{holder} sedang memegang kendali {group}; ambil alih dahulu.",
    },
    "stale": {
        "en": "Something happened meanwhile; look at the new state (version {version}) and decide again.",
        "id": "Keadaan sudah berubah; lihat keadaan baru (versi {version}) lalu putuskan kembali.",
    },
    # where and when
    "unknown_workshop": {
        "en": "There is no workshop {workshop}; check the address.",
        "id": "Tidak ada lokakarya {workshop}; periksa alamatnya.",
    },
    "unknown_group": {
        "en": "There is no group {group}; choose from {choices}.",
        "id": "Tidak ada kelompok {group}; pilih dari {choices}.",
    },
    "unknown_item": {
        "en": "{item} is not an indicator of this group; choose from {choices}.",
        "id": "{item} bukan indikator kelompok ini; pilih dari {choices}.",
    },
    "unknown_node": {
        "en": "{node} is not in the framework; use an id of the framework.",
        "id": "{node} tidak ada dalam kerangka; gunakan id dari kerangka.",
    },
    "unknown_seat": {
        "en": "There is no seat {seat}; use a seat number that was issued.",
        "id": "Tidak ada kursi {seat}; gunakan nomor kursi yang sudah diterbitkan.",
    },
    "unknown_reason": {
        "en": "There is no reason {reason_id}; use an id from the figures of a disclosed round.",
        "id": "Tidak ada alasan {reason_id}; gunakan id dari hasil putaran yang sudah ditampilkan.",
    },
    "unknown_initiative": {
        "en": "There is no initiative {initiative}; import the initiatives first.",
        "id": "Tidak ada inisiatif {initiative}; impor daftar inisiatif dahulu.",
    },
    "unknown_framework": {
        "en": "There is no framework {framework}; choose from {choices}, or send a framework document.",
        "id": "Tidak ada kerangka {framework}; pilih dari {choices}, atau kirim dokumen kerangka.",
    },
    "wrong_phase": {
        "en": "This cannot be done while the group is {phase}; it can be done when it is {allowed}.",
        "id": "Ini tidak dapat dilakukan selagi kelompok {phase}; dapat dilakukan saat {allowed}.",
    },
    "not_draft": {
        "en": "The workshop has started; this can be set only before the start.",
        "id": "Lokakarya sudah dimulai; ini hanya dapat diatur sebelum dimulai.",
    },
    "not_running": {
        "en": "The workshop is {phase}; this can be done while it runs.",
        "id": "Lokakarya {phase}; ini dapat dilakukan selagi lokakarya berjalan.",
    },
    "not_frozen": {
        "en": "The index is not frozen yet; this can be done afterwards.",
        "id": "Indeks belum dibekukan; ini dapat dilakukan sesudahnya.",
    },
    "already_frozen": {
        "en": "The index is frozen; only notes, links, erasures and exports go on.",
        "id": "Indeks sudah dibekukan; hanya catatan, keterkaitan, penghapusan dan ekspor yang dapat dilanjutkan.",
    },
    "no_seats": {
        "en": "Nobody could vote yet: issue seats or allow open join, then start.",
        "id": "Belum ada yang dapat menilai: terbitkan kursi atau izinkan gabung terbuka, lalu mulai.",
    },
    "groups_open": {
        "en": "Conclude every group before freezing; still to conclude: {groups}.",
        "id": "Selesaikan setiap kelompok sebelum membekukan; yang belum selesai: {groups}.",
    },
    "being_assessed": {
        "en": "The figures of this round are being computed; try again in a moment.",
        "id": "Hasil putaran ini sedang dihitung; coba lagi sebentar lagi.",
    },
    "nothing_to_open": {
        "en": "No indicator can be opened: each is agreed, decided or out of rounds; conclude the group, or name indicators to reopen.",
        "id": "Tidak ada indikator yang dapat dibuka: semua sudah sepakat, diputuskan atau habis putarannya; selesaikan kelompok, atau sebut indikator yang dibuka kembali.",
    },
    "cap_reached": {
        "en": "{item} has had all its {cap} votes; record how it ends instead.",
        "id": "{item} sudah dinilai {cap} kali sesuai batas; catat hasil akhirnya.",
    },
    "item_decided": {
        "en": "The chair has decided {item}; withdraw that decision before opening it again.",
        "id": "Pimpinan sudah memutuskan {item}; cabut keputusan itu sebelum membukanya kembali.",
    },
    "item_agreed": {
        "en": "{item} is agreed; the chair decides only where there is no agreement.",
        "id": "{item} sudah disepakati; pimpinan hanya memutuskan bila tidak ada kesepakatan.",
    },
    "item_not_voted": {
        "en": "{item} has no vote yet; open a round with it first.",
        "id": "{item} belum pernah dinilai; buka putaran dengan indikator itu dahulu.",
    },
    "nothing_decided": {
        "en": "There is no decision on {item} to withdraw; give a value to decide it.",
        "id": "Tidak ada keputusan atas {item} untuk dicabut; beri nilai untuk memutuskannya.",
    },
    "no_baseline": {
        "en": "There is no {stream} score for {item}; import the earlier survey before the start.",
        "id": "Tidak ada nilai {stream} untuk {item}; impor survei awal sebelum dimulai.",
    },
    "plenary_advises": {
        "en": "A plenary advises and gives no endings; decide or annotate in the indicator's own group.",
        "id": "Pleno hanya memberi saran dan tidak menetapkan hasil akhir; putuskan atau catat di kelompok indikator itu.",
    },
    # answers
    "round_not_open": {
        "en": "Round {round} is not open; wait until the facilitator opens the next one.",
        "id": "Putaran {round} tidak dibuka; tunggu sampai fasilitator membuka putaran berikutnya.",
    },
    "round_paused": {
        "en": "The round is paused; your answer is kept on this phone and goes out when it resumes.",
        "id": "Putaran dijeda; jawaban Anda tersimpan di telepon ini dan dikirim saat dilanjutkan.",
    },
    "item_not_in_round": {
        "en": "{item} is not open in this round; rate one of {choices}.",
        "id": "{item} tidak dibuka pada putaran ini; nilai salah satu dari {choices}.",
    },
    "off_scale": {
        "en": "{value} is off the scale; choose from {low} to {high}.",
        "id": "{value} di luar skala; pilih dari {low} sampai {high}.",
    },
    "value_and_cannot": {
        "en": "Give either a score or a reason why you cannot score, not both.",
        "id": "Beri nilai atau alasan tidak dapat menilai, jangan keduanya.",
    },
    "superseded": {
        "en": "A newer answer to {item} is saved; it stays as it is.",
        "id": "Jawaban yang lebih baru untuk {item} sudah tersimpan; jawaban itu tetap.",
    },
    "too_many_answers": {
        "en": "Send at most 64 answers in one message; {count} came.",
        "id": "Kirim paling banyak 64 jawaban dalam satu pesan; yang datang {count}.",
    },
    "duplicate_item": {
        "en": "{item} stands twice in this message; send each indicator once.",
        "id": "{item} muncul dua kali dalam pesan ini; kirim setiap indikator satu kali.",
    },
    # seats
    "seat_revoked": {
        "en": "Seat {seat} is revoked; ask the organiser for a new card.",
        "id": "Kursi {seat} sudah dicabut; mintalah kartu baru kepada penyelenggara.",
    },
    "seat_has_answered": {
        "en": "Seat {seat} has answered in a round that is not yet disclosed: a paper ballot beside it is not counted, and the seat can be changed once the round is disclosed.",
        "id": "Kursi {seat} sudah menjawab di putaran yang belum ditampilkan: lembar penilaian di sampingnya tidak dihitung, dan kursi dapat diubah setelah putaran ditampilkan.",
    },
    "seat_not_taken": {
        "en": "Seat {seat} is not taken; nobody sits there.",
        "id": "Kursi {seat} belum ditempati; tidak ada orang di sana.",
    },
    "open_join_off": {
        "en": "This workshop is joined with seat cards; type the code on your card.",
        "id": "Lokakarya ini diikuti dengan kartu kursi; ketik kode pada kartu Anda.",
    },
    "choose_group": {
        "en": "Choose your group: {choices}.",
        "id": "Pilih kelompok Anda: {choices}.",
    },
    "wrong_code": {
        "en": "No seat or room has this code; check the 8 letters and digits on your card.",
        "id": "Tidak ada kursi atau ruang dengan kode ini; periksa 8 huruf dan angka pada kartu Anda.",
    },
    "too_many_codes": {
        "en": "Too many wrong codes; wait a minute and try again.",
        "id": "Terlalu banyak kode salah; tunggu satu menit lalu coba lagi.",
    },
    "same_officer": {
        "en": "A second officer must confirm the ballot; you entered it.",
        "id": "Petugas kedua harus memastikan surat suara ini; Anda yang memasukkannya.",
    },
    "no_such_paper": {
        "en": "No paper ballot of seat {seat} awaits confirmation; enter it first.",
        "id": "Tidak ada surat suara kertas kursi {seat} yang menunggu; masukkan dahulu.",
    },
    "already_erased": {
        "en": "Seat {seat} holds nothing that could still be erased.",
        "id": "Kursi {seat} tidak menyimpan apa pun yang masih dapat dihapus.",
    },
    # shape
    "malformed": {"en": "The message does not fit: {problem}.", "id": "Pesan tidak sesuai: {problem}."},
    "too_large": {
        "en": "The message is larger than {limit} bytes; send it in parts.",
        "id": "Pesan lebih besar dari {limit} bita; kirim per bagian.",
    },
    "bundle_too_large": {"en": "This audit file is too large for this page; use python -m server replay FILE on the command line.", "id": "Berkas audit ini terlalu besar untuk halaman ini; gunakan python -m server replay BERKAS di terminal."},
    "bad_rule": {
        "en": "The rule does not hold together at {clause}: {problem}.",
        "id": "Aturan tidak sesuai pada {clause}; nilai yang berlaku ada dalam skema aturan ({problem}).",
    },
    "bad_framework": {
        "en": "The framework does not hold together: {problem}.",
        "id": "Kerangka tidak sesuai: {problem}.",
    },
    "bad_groups": {
        "en": "The groups do not hold together: {problem}.",
        "id": "Susunan kelompok tidak sesuai: {problem}.",
    },
    "bad_import": {
        "en": "Nothing was imported; mend the rows named in fields and send the file again.",
        "id": "Tidak ada yang diimpor; perbaiki baris yang disebut dalam fields lalu kirim kembali.",
    },
    "bad_token": {
        "en": "This link is used up or wrong; start the server anew to print a fresh one.",
        "id": "Tautan ini sudah terpakai atau salah; jalankan kembali server untuk mencetak yang baru.",
    },
    "wrong_password": {
        "en": "Name or password is wrong; try again.",
        "id": "Nama atau kata sandi salah; coba lagi.",
    },
    "name_taken": {
        "en": "Somebody is already called {name}; choose another name.",
        "id": "Nama {name} sudah dipakai; pilih nama lain.",
    },
    "not_found": {"en": "There is nothing at this address; see /api/v1/docs.", "id": "Tidak ada apa pun di alamat ini; lihat /api/v1/docs."},
    "not_yet": {"en": "This is not shown before {when}.", "id": "Ini belum ditampilkan sebelum {when}."},
    "method_not_allowed": {"en": "This address does not take {method}; see /api/v1/docs.", "id": "Alamat ini tidak menerima {method}; lihat /api/v1/docs."},
    "wrong_content_type": {"en": "Send JSON with the content type application/json.", "id": "Kirim JSON dengan jenis konten application/json."},
    "wrong_host": {"en": "This host name is not served here; use the address printed at the start.", "id": "Nama host ini tidak dilayani di sini; gunakan alamat yang dicetak saat mulai."},
    "wrong_origin": {"en": "This page may not send orders; open the address printed at the start.", "id": "Halaman ini tidak boleh mengirim perintah; buka alamat yang dicetak saat mulai."},
    "staff_elsewhere": {"en": "Staff work on the machine that runs the server; its operator opens it to others with MUFAKAT_STAFF_ON_LAN=true.", "id": "Staf bekerja di mesin tempat server berjalan; operator membukanya untuk mesin lain dengan MUFAKAT_STAFF_ON_LAN=true."},
    "paper_late": {"en": "No round of this group is open, so paper ballot {seat} cannot count; give it to the facilitator, who may open the round again.", "id": "Tidak ada putaran kelompok ini yang terbuka, jadi lembar penilaian {seat} tidak dapat dihitung; serahkan kepada fasilitator, yang dapat membuka kembali putaran."},
    "paper_changed": {"en": "Paper ballot {seat} was entered anew meanwhile, so nothing was confirmed; hold it against the sheet once more.", "id": "Lembar penilaian {seat} telah dimasukkan ulang sementara itu, jadi tidak ada yang dikonfirmasi; cocokkan sekali lagi dengan lembarnya."},
    "wrong_check": {"en": "The letter {check} does not belong to paper ballot {ballot} of this workshop; read number and letter once more.", "id": "Huruf {check} bukan milik lembar penilaian {ballot} lokakarya ini; baca kembali nomor dan hurufnya."},
    # rehearsals
    "rehearsal_over": {"en": "This belongs to a rehearsal, which is over; ask the organiser for a card of the workshop itself.", "id": "Ini milik gladi, yang sudah selesai; mintalah kartu lokakarya yang sebenarnya kepada penyelenggara."},
    "rehearsal_held": {"en": "This belongs to the day itself, and a rehearsal is being held; use your rehearsal card, or wait until the rehearsal is over.", "id": "Ini untuk hari pelaksanaan, sedangkan gladi sedang berlangsung; gunakan kartu gladi, atau tunggu sampai gladi selesai."},
    "rehearsal_running": {"en": "A rehearsal of this workshop is still running; end it, then start.", "id": "Gladi lokakarya ini masih berjalan; akhiri gladi, lalu mulai."},
    "not_a_rehearsal": {"en": "This is the workshop itself and no rehearsal; conclude its groups and freeze it.", "id": "Ini lokakarya yang sebenarnya, bukan gladi; akhiri kelompok-kelompoknya lalu bekukan."},
    "a_rehearsal": {"en": "This is a rehearsal; rehearse the workshop itself, {workshop}.", "id": "Ini gladi; gladikan lokakarya yang sebenarnya, {workshop}."},
    "unknown_account": {"en": "There is no account {staff}; look at the list of accounts.", "id": "Tidak ada akun {staff}; lihat daftar akun."},
    "own_account": {"en": "Nobody closes the account they are signed in with; ask another organiser.", "id": "Akun yang sedang dipakai tidak dapat ditutup sendiri; mintalah penyelenggara lain."},
    "unknown_address": {"en": "This machine has no address {address} that phones could open; choose from {choices}.", "id": "Mesin ini tidak memiliki alamat {address} yang dapat dibuka telepon; pilih dari {choices}."},
    "too_many_sockets": {"en": "The server has as many connections as it takes; try again in a moment.", "id": "Server sudah melayani sambungan sebanyak batasnya; coba lagi sebentar lagi."},
    "too_many_requests": {"en": "Too many requests; wait a moment and try again.", "id": "Terlalu banyak permintaan; tunggu sebentar lalu coba lagi."},
    "just_nudged": {"en": "This group was reminded a moment ago; wait {seconds} seconds.", "id": "Kelompok ini baru saja diingatkan; tunggu {seconds} detik."},
    "fork_refused": {"en": "This is an older copy of {workshop}, whose later seals are known already; bring it back with restore, which continues it under a new name.", "id": "Ini salinan lama {workshop}, padahal segel yang lebih baru sudah diketahui; pulihkan dengan perintah restore, yang melanjutkannya dengan nama baru."},
    "not_saved": {"en": "The disk or database did not take it, so nothing was saved; make room and try again.", "id": "Diska atau basis data tidak menerimanya, jadi tidak ada yang tersimpan; sediakan ruang lalu coba lagi."},
    "not_finished": {"en": "This took too long or broke off, so nothing was changed; try again, or with a smaller file.", "id": "Ini terlalu lama atau terputus, jadi tidak ada yang berubah; coba lagi, atau dengan berkas yang lebih kecil."},
    "internal": {"en": "Something went wrong here and nothing was changed; the operator finds it in the log.", "id": "Ada kesalahan di sini dan tidak ada yang berubah; operator dapat melihatnya di log."},
}


class Refusal(Exception):
    """Nothing has changed, and this is why.

    Parameters
    ----------
    code : str
        One of `CODES`.
    **detail
        What the sentence names; also told to programs.
    """

    def __init__(self, code: str, **detail: Any) -> None:
        if code not in CODES:
            raise KeyError(f"unknown refusal code {code!r}")
        self.code, self.detail = code, detail
        super().__init__(self.sentence("en"))

    def sentence(self, language: str) -> str:
        """The sentence in `language` (`id` or `en`)."""
        return CODES[self.code][language].format_map(self.detail)
