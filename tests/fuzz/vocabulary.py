"""The words that odd lines are made of: names, texts, tags, tokens, numerics."""

ME = "gsocbot"
SERVERS = ("irc.test", "services.test", "*", "x")
NICKS = (
    *(ME, ME.upper(), f"{ME}_", "Guest1", "ana", "ANA", "kofi", "eve", "[x]", "{X}", "x\\~", "|^"),
    *("né", "☃", "🙂", "*", "-", "0", "irc.test", "x" * 64, "a,b", "@ana", "ana!", "!", "\u3000"),
)
CHANNELS = (
    *("#gsoc", "#GSOC", "#gsoc-org", "#other", "&local", "!abcde", "+x", "#", "#é", "*", "0", ME),
    *("#a,#b", "@#gsoc", "@+#gsoc", "~#gsoc", "#[x]", "#{X}", "#\u3000", "#" + "x" * 60),
)
ACCOUNTS = ("ana", "mentor1", "Mentor1", "*", "0", "", "né", "a b", "x" * 64)
HOSTS = ("h", "host.test", "2001:db8::1", "net-abc.users.test", "", "@", "x" * 63, "é")
CAPS = (
    *("account-tag", "account-notify", "extended-join", "message-tags", "batch", "sasl", "chghost"),
    *("-account-tag", "-batch", "~x", "=x", "cap-notify", "sasl=PLAIN,EXTERNAL", "", "*", "=", "☃"),
)
TAGS = (
    *("account=ana", "account", "account=", "account=*", "bot", "batch=1", "batch=☃", "msgid=a"),
    *("time=2026-03-02T10:00:00.000Z", "time=x", "label=7", "+draft/reply=a", "a\\", "a=\\", "="),
    *("", "draft/relaymsg=eve", "relaymsg", "a=b\\sc\\:d\\\\", "+typing=active", "x=" + "y" * 4096),
)
TEXTS = (
    *("hello", "", " ", ":", "!ideas", f"{ME}: ideas", "!idea sans-io", "👩‍👩‍👧", "café", "\u202e"),
    *("\x01VERSION\x01", "\x01PING 1 2\x01", "\x01ACTION waves\x01", "\x01", "\x01\x01"),
    *("\x01ACTION\x01", "\x01ACTION asks gsocbot ideas", "\x01DCC SEND a 1 2 3\x01", "\x01version"),
    *("\x01 \x01", "a\x10r\x10n\x100", "\x02b\x0304,05c\x0f", "x\x01VERSION\x01", "a" * 400),
    *("<eve> !ideas", "[eve] !idea 1", "\x0304<eve>\x0f !due"),
)
TOKENS = (
    *("CASEMAPPING=ascii", "CASEMAPPING=rfc1459", "CASEMAPPING=", "CASEMAPPING", "CHANTYPES=#&"),
    *("CHANTYPES", "CHANTYPES=", "STATUSMSG=@+", "STATUSMSG", "PREFIX=(ov)@+", "PREFIX=ov"),
    *("PREFIX", "MONITOR=100", "CHANMODES=a,b,c", "MAXLIST=b", "UTF8ONLY", "LINELEN=999"),
    *("WHOX", "-WHOX", "BOT=B", "BOT", "BOT=", "TARGMAX=A:1,B:", "TARGMAX=x", "CHANLIMIT=#:20"),
    *("CHANLIMIT=x", "MODES=x", "NICKLEN=30", "NICKLEN=", "=", "-", ""),
    *("__class__=1", "set=1", "load=x", "-set"),
)
FIELDS = ("77", "ana", "mentor1", "0", "*", "kofi", "", ME, "78", "h")
MODES = ("+o", "-o", "+b", "+ov-v", "+", "", "+k", "+B", "-☃")
NUMERICS = tuple(f"{number:03}" for number in range(1000))
OFTEN = (
    *("001", "005", "332", "353", "354", "366", "376", "396", "401", "403", "404", "433", "470"),
    *("471", "473", "474", "475", "477", "730", "731", "311", "318", "330", "307", "319", "352"),
    *("422", "437", "441", "442", "728", "900", "903", "904", "908"),
)
OFTENER = ("005", "353", "354", "396", "730", "330")
WEIRD_BYTES = tuple(bytes([byte]) for byte in b" :@!;=,#\0\r\n\x01\xff")
ENDS = (b"\r\n",) * 20 + (b"\n", b"\r\r\n", b"\n\r\n", b" \r\n", b"")
