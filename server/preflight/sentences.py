"""What the pre-flight says, in both languages: titles, states, kinds of address, and a sentence for each finding."""

from __future__ import annotations

STATES: dict[str, dict[str, str]] = {
    "fine": {"en": "fine", "id": "baik"},
    "look": {"en": "look at this", "id": "perhatikan"},
    "mend": {"en": "mend this", "id": "perbaiki"},
    "yours": {"en": "your turn", "id": "giliran Anda"},
}

TITLES: dict[str, dict[str, str]] = {
    "clock": {"en": "Clock", "id": "Jam"},
    "disk": {"en": "Room on the disk", "id": "Ruang diska"},
    "sync": {"en": "Speed of the disk", "id": "Kecepatan diska"},
    "database": {"en": "Database", "id": "Basis data"},
    "trail": {"en": "Record", "id": "Jejak"},
    "key": {"en": "Signing key", "id": "Kunci penanda tangan"},
    "address": {"en": "Address for phones", "id": "Alamat untuk telepon"},
    "hosts": {"en": "Host names", "id": "Nama host"},
    "reach": {"en": "Port", "id": "Porta"},
    "phone": {"en": "A phone in the hall", "id": "Telepon di aula"},
    "display": {"en": "Hall display", "id": "Layar aula"},
    "workers": {"en": "Workers", "id": "Proses pembantu"},
    "browser": {"en": "Browsers", "id": "Peramban"},
}

KINDS: dict[str, dict[str, str]] = {
    "hotspot": {
        "en": "this machine's own hotspot: phones that join it reach this address without any other network",
        "id": "hotspot mesin ini sendiri: telepon yang bergabung mencapai alamat ini tanpa jaringan lain",
    },
    "wifi": {
        "en": "Wi-Fi, a private network: phones on the same Wi-Fi reach it",
        "id": "Wi-Fi, jaringan pribadi: telepon di Wi-Fi yang sama dapat mencapainya",
    },
    "private": {
        "en": "a private network: phones reach it where their Wi-Fi leads to the same router",
        "id": "jaringan pribadi: telepon mencapainya bila Wi-Fi mereka menuju router yang sama",
    },
    "public": {
        "en": "not of a private range: the internet may reach it too, so use TLS and MUFAKAT_PUBLIC_URL",
        "id": "bukan rentang pribadi: internet mungkin dapat mencapainya, jadi gunakan TLS dan MUFAKAT_PUBLIC_URL",
    },
    "ipv6": {
        "en": "IPv6: long to type, and not every Wi-Fi passes it on",
        "id": "IPv6: panjang untuk diketik, dan tidak semua Wi-Fi meneruskannya",
    },
    "self_assigned": {
        "en": "self-assigned: no router gave this machine an address; reconnect it first",
        "id": "ditetapkan sendiri: tidak ada router yang memberi alamat; sambungkan ulang dahulu",
    },
    "vpn": {
        "en": "a VPN: phones in the hall are not in it",
        "id": "VPN: telepon di aula tidak berada di dalamnya",
    },
    "virtual": {
        "en": "a virtual bridge of containers or virtual machines: it leads nowhere outside this machine",
        "id": "jembatan virtual untuk kontainer atau mesin virtual: tidak menuju ke luar mesin ini",
    },
    "down": {"en": "switched off", "id": "tidak aktif"},
    "link_local": {"en": "IPv6 of one cable alone: phones cannot open it", "id": "IPv6 satu kabel saja: tidak dapat dibuka telepon"},
    "loopback": {"en": "this machine alone", "id": "mesin ini saja"},
}  # fmt: skip

FAULTS: dict[str, dict[str, str]] = {
    "cookie": {"en": "cookies", "id": "kuki"},
    "storage": {"en": "storage", "id": "penyimpanan"},
    "socket": {"en": "live connection", "id": "sambungan langsung"},
    "clock": {"en": "clock", "id": "jam"},
    "browser": {"en": "old browser", "id": "peramban lama"},
}

SENTENCES: dict[str, dict[str, str]] = {
    "clock_fine": {
        "en": "The clock says {now} ({zone}). A phone that scans the code below compares it with its own.",
        "id": "Jam menunjukkan {now} ({zone}). Telepon yang memindai kode di bawah membandingkannya dengan jamnya.",
    },
    "clock_utc": {
        "en": "The clock says {now} by UTC; where the hall keeps another time, set the machine's time zone.",
        "id": "Jam menunjukkan {now} menurut UTC; bila waktu di aula berbeda, atur zona waktu mesin.",
    },
    "clock_behind": {
        "en": "The clock says {now}, but the record already holds an entry of {newest}; set the clock.",
        "id": "Jam menunjukkan {now}, padahal jejak sudah memuat catatan {newest}; atur jam mesin.",
    },
    "clock_old": {
        "en": "The clock says {now}, before this program came to this machine; set the clock.",
        "id": "Jam menunjukkan {now}, sebelum program ini ada di mesin; atur jam mesin.",
    },
    "disk_fine": {"en": "{free} GB are free.", "id": "{free} GB masih kosong."},
    "disk_low": {
        "en": "Only {free} GB are free; make room to at least {enough} GB, for backups and documents.",
        "id": "Hanya {free} GB yang kosong; sediakan sedikitnya {enough} GB untuk cadangan dan dokumen.",
    },
    "disk_full": {
        "en": "Only {free} GB are free, and answers may soon find no room; make room to at least {enough} GB.",
        "id": "Hanya {free} GB yang kosong, jawaban bisa segera tidak muat; sediakan sedikitnya {enough} GB.",
    },
    "sync_fine": {
        "en": "A write is on the disk in {ms} ms (the middle of {n} tries).",
        "id": "Satu penulisan sampai di diska dalam {ms} ms (nilai tengah {n} percobaan).",
    },
    "sync_slow": {
        "en": "A write is on the disk in {ms} ms; answers of a full hall will wait. An internal SSD is quicker than a stick.",
        "id": "Satu penulisan sampai di diska dalam {ms} ms; jawaban aula penuh akan menunggu. SSD dalam lebih cepat dari flashdisk.",
    },
    "sync_bad": {
        "en": "A write is on the disk only after {ms} ms; put the data folder on an internal SSD.",
        "id": "Satu penulisan baru sampai di diska setelah {ms} ms; letakkan folder data di SSD dalam.",
    },
    "sync_failed": {
        "en": "The data folder takes no writes ({why}); make it writable, or name another with --data-dir.",
        "id": "Folder data tidak dapat ditulisi ({why}); izinkan penulisan, atau sebutkan folder lain dengan --data-dir.",
    },
    "database_fine": {"en": "It takes writes.", "id": "Dapat ditulisi."},
    "database_failed": {
        "en": "It takes no writes, so nothing can be saved; make room on the disk and start again.",
        "id": "Tidak dapat ditulisi, jadi tidak ada yang tersimpan; sediakan ruang diska lalu jalankan ulang.",
    },
    "trail_fine": {
        "en": "Edge, head and hashes of {workshops} workshops fit ({entries} entries).",
        "id": "Tepi, segel dan hash {workshops} lokakarya cocok ({entries} catatan).",
    },
    "trail_none": {"en": "There is no workshop yet.", "id": "Belum ada lokakarya."},
    "trail_damaged": {
        "en": "The record of {workshop} does not hold together; restore a backup before anybody votes.",
        "id": "Jejak {workshop} tidak utuh; pulihkan cadangan sebelum ada yang menilai.",
    },
    "key_fine": {
        "en": "It is there, and only its owner can read it.",
        "id": "Ada, dan hanya pemiliknya yang dapat membacanya.",
    },
    "key_windows": {
        "en": "It is there. Windows keeps the rights with the folder: keep the data folder in your own profile.",
        "id": "Ada. Di Windows hak akses mengikuti folder: simpan folder data di profil Anda sendiri.",
    },
    "key_exposed": {
        "en": "Others can read {path}; run: chmod 600 {path}",
        "id": "Orang lain dapat membaca {path}; jalankan: chmod 600 {path}",
    },
    "key_missing": {
        "en": "There is no key at {path}; bring back its copy, or start the server once to make one.",
        "id": "Tidak ada kunci di {path}; kembalikan salinannya, atau jalankan server sekali untuk membuatnya.",
    },
    "address_public": {
        "en": "Cards and display print {origin}, as MUFAKAT_PUBLIC_URL says.",
        "id": "Kartu dan layar mencetak {origin}, sesuai MUFAKAT_PUBLIC_URL.",
    },
    "address_chosen": {
        "en": "Cards and display print {origin}.",
        "id": "Kartu dan layar mencetak {origin}.",
    },
    "address_doubtful": {
        "en": "Cards and display print {origin}, but phones may not reach it; look at the list below.",
        "id": "Kartu dan layar mencetak {origin}, tetapi telepon mungkin tidak mencapainya; lihat daftar di bawah.",
    },
    "address_gone": {
        "en": "Cards and display print {origin}, an address that this machine does not have now; choose another and print the cards again.",
        "id": "Kartu dan layar mencetak {origin}, alamat yang kini tidak dimiliki mesin ini; pilih yang lain dan cetak ulang kartu.",
    },
    "address_guessed": {
        "en": "Nobody has chosen yet; cards and display would print {origin}. Choose it or another below.",
        "id": "Belum ada yang memilih; kartu dan layar akan mencetak {origin}. Pilih itu atau yang lain di bawah.",
    },
    "address_alone": {
        "en": "The server listens on this machine alone and no phone reaches it; start it with --host 0.0.0.0.",
        "id": "Server hanya mendengarkan di mesin ini dan tidak terjangkau telepon; jalankan dengan --host 0.0.0.0.",
    },
    "address_none": {
        "en": "This machine is in no network; join the hall's Wi-Fi, or switch on this machine's own hotspot.",
        "id": "Mesin ini tidak berada di jaringan; sambungkan ke Wi-Fi aula, atau nyalakan hotspot mesin ini.",
    },
    "hosts_fine": {"en": "Calls to {host} are answered.", "id": "Panggilan ke {host} dijawab."},
    "hosts_refused": {
        "en": "Calls to {host} are refused; add it to MUFAKAT_ALLOWED_HOSTS and start again.",
        "id": "Panggilan ke {host} ditolak; tambahkan ke MUFAKAT_ALLOWED_HOSTS lalu jalankan ulang.",
    },
    "reach_fine": {
        "en": "This machine reaches {origin}; whether a firewall stops others, only a phone can tell.",
        "id": "Mesin ini mencapai {origin}; apakah ada tembok api yang menghalangi, hanya telepon yang tahu.",
    },
    "reach_failed": {
        "en": "{origin} does not answer ({why}); is the server running, and does the firewall let its port through?",
        "id": "{origin} tidak menjawab ({why}); apakah server berjalan, dan apakah tembok api membuka portanya?",
    },
    "phone_none": {
        "en": "Take a phone on the hall's Wi-Fi and scan the code below; it checks by itself.",
        "id": "Ambil telepon di Wi-Fi aula dan pindai kode di bawah; telepon memeriksa sendiri.",
    },
    "phone_elsewhere": {
        "en": "Take a phone on the hall's Wi-Fi and open {origin}/phone-check; it checks by itself.",
        "id": "Ambil telepon di Wi-Fi aula dan buka {origin}/phone-check; telepon memeriksa sendiri.",
    },
    "phone_fine": {
        "en": "Checks passed by phones since the start: {passed}, the last at {last}.",
        "id": "Pemeriksaan telepon yang lolos sejak mulai: {passed}, terakhir {last}.",
    },
    "phone_failed": {
        "en": "The last phone, at {last}, found a fault: {faults}. Its own screen says what to do.",
        "id": "Telepon terakhir, {last}, menemukan masalah: {faults}. Layarnya menunjukkan apa yang perlu dilakukan.",
    },
    "display_yours": {
        "en": "Open it on the projector, and read its smallest line from the last row.",
        "id": "Buka di proyektor, dan baca baris terkecilnya dari baris belakang.",
    },
    "workers_fine": {
        "en": "The processes for figures and documents answer.",
        "id": "Proses untuk angka dan dokumen menjawab.",
    },
    "workers_lost": {
        "en": "A process for figures or documents has ended; it is started again when needed. If this stays, look into the log.",
        "id": "Proses untuk angka atau dokumen berhenti; akan dijalankan lagi bila perlu. Bila berulang, periksa log.",
    },
    "browser_yours": {
        "en": "Console and display need Chrome or Edge 90, Firefox 98, Safari 15.4 or newer; phones Chrome 80 or Safari 14.",
        "id": "Konsol dan layar memerlukan Chrome atau Edge 90, Firefox 98, Safari 15.4 atau lebih baru; telepon Chrome 80 atau Safari 14.",
    },
    "refused": {"en": "{why}", "id": "{why}"},
}  # fmt: skip
