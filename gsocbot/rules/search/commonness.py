"""How common words are in ideas and in English: what is known before a season is read."""

from functools import cache

from gsocbot.rules.search.words import stemmer

UNSEEN = 0.002
"""A word that is not here is taken to be in so many ideas of one, wherever they come from."""

PLAIN = 0.03
"""A word of everyday English that ideas seldom have says no more than one in so many has it."""

IN_IDEAS = {
    0.5: """
    project use
    """,
    0.35: """
    can implement skill
    """,
    0.25: """
    code current descript develop expect goal improv integr need python requir support user
    """,
    0.18: """
    add all allow base data exist experi featur function includ languag like make mentor
    more new other outcom program provid should system time tool work
    """,
    0.13: """
    aim api applic basic build c cplusplus creat difficulti document enabl familiar file
    framework generat hour interfac knowledg larg level librari one open perform possibl run
    size some sourc task test understand
    """,
    0.09: """
    175 access addit analysi between capabl complex comput configur core could design detail
    differ e engin enhanc ensur environ exampl extend focus format g go good high howev idea
    inform issu key learn linux manag mani medium model most multipl onli oper part process
    result specif standard through type updat version way well within
    """,
    0.065: """
    1 2 350 across advanc ai alreadi ani architectur area autom automat avail backend better
    challeng chang com compat compil complet compon contributor control deliver depend
    direct effort etc execut extens first general get git github gsoc handl hard help
    interact intermedi introduc involv java javascript limit link list machin maintain may
    method modern modul network number object optim option packag platform plugin power
    prefer propos protocol refer research rust server set similar structur ui up various via
    visual want web workflow write
    """,
    0.045: """
    abl activ address algorithm analyz approach background becom benefit binari built call
    case check client command common connect consist contact contain continu critic databas
    defin deploy desir detect devic distribut dure dynam each easi ecosystem editor effici
    end especi even event explor extern find fix follow full futur graph identifi imag
    import infrastructur initi instal instanc interest internal kernel kubernet main manual
    memori nativ offer often out output page pipelin port potenti prerequisit primari
    problem proper read real recommend reduc relat report request resourc same secur see
    servic sever signific simpl simul sinc softwar start store tag technic technolog two
    typescript url usag valid view window without written
    """,
    0.032: """
    3 abil abstract action anoth app assembl becaus block bug ci class cluster collect
    combin communic compar comprehens concept consid content context convert coverag custom
    debug display django effect entir error evalu expos extract field flexibl frontend fulli
    further give given gmail graphic great hardwar host increas instead investig keep known
    lack layer line llm load local log long look lot low mean mechan metadata metric migrat
    minim ml mode monitor move multi must necessari node non note now order origin over own
    pars particular pattern physic point popular postgresql practic present previous product
    profici public qualiti queri rate rather react receiv refactor releas reli remain render
    replac repositori rest robust rule runtim scale script seamless select separ share show
    singl small solut stack state static step still storag strong student studi style suit
    target text thing track under upstream util virtual wide yet
    """,
    0.023: """
    0 2025 5 actual adapt against agent altern apach appli assist associ back befor behavior
    benchmark best bonus browser certain clang cli close codebas communiti correct cover
    dashboard dataset deep describ desktop determin docker domain due easili edit element
    energi entri estim expand express fast few filter final form found fundament game gap
    generic googl gpu grow gui guid http incorpor individu infer interpret io jupyt label
    last layout lead leverag licens logic made mail map match messag might miss modular
    natur neural next nice notebook o observ parallel paramet parser per plus produc
    progress proof prototyp publish pull purpos pytorch qt readi reason recent regress relev
    reliabl remot remov represent respons restor retriev revers review s sampl save scope
    search setup shell space special speed statist status string suggest t tabl take team
    theori therefor togeth toolkit top toward train transform tree unit unix usabl widget
    workload year
    """,
    0.016: """
    3d 4 90 abov acceler accur achiev after align along appropri artifact authent author
    beyond bottleneck box break bring cach calcul cannot cd chart choic choos cloud collid
    complic constraint contribut creation cross crucial css cuda date declar dedic default
    definit demonstr difficult discuss disk doesnt download driven easier either embed emul
    enough essenti evolv experiment faster filesystem finish finit foundat friend front
    global group header higher html ide independ input insid insight intellig interoper
    invok js json larger least less lhc live locat loop mainten major manipul measur merg
    mobil modif modifi much name offici org organiz parti particl pass path peopl phase
    place play polici predict prepar preserv prior profil question re record resolv return
    rewrit rich right role root scalabl scan scenario scientif sdk section seem send sequenc
    session side simplifi solv someth specifi stage strategi stream submit success suitabl
    summer symbol syntax techniqu templat third thread today tradit transfer tri tune typic
    upgrad valu variabl varieti verif verifi webassembl x
    """,
    0.011: """
    accuraci adjust although alway amount answer appl around art assign atom attent audit
    auto avoid b behaviour benefici bind bit bridg broader candid captur caus central
    channel charact chunk clean collabor color come concurr config conflict convers coordin
    copi correspond cost cpu day deal debugg demand demo detector disabl doc duplic eas edg
    elimin encod endpoint exact export fail fetch free frequenc frequent furthermor hadron
    hand highlight hook huge human impact increment index indic industri internet isol know
    latenc later latest let lib light lightweight linear llms longer moment occur off
    opportun orchestr outdat overhead p pariti patch permit pick plan portabl posit pr
    prevent primit probabl prometheus put quit r raw readabl reconstruct repo repres
    reproduc resolut reus screen second seri serial serv shown site slow smooth solver
    sometim sql stabil streamlin subset sure sync synchron term though topic trace translat
    transpar trigger turn tutori unifi uniqu upon usual ux vari vector video vm vulner wasm
    websit whole world wrapper
    """,
    0.008: """
    advantag almost annot aspect attempt awar cant composit construct consum crash delet
    deliv dive drive emb equival failur far feed feel grid heavili inspect inspir instrument
    llvm maco matur minor onc orient persist pre regular repeat respect restrict scanner
    tackl v volum wrap
    """,
}
"""Stems, by the share of ideas of ninety organisations that have them, each organisation alike.
"""

EVERYDAY = """
above accept accident accord account across act active actual add afraid afternoon afterwards
agree ahead allow almost alone along although amaze amazing among amount angry annoy annoyance
annoying answer anyhow anymore anyway anywhere apart apparently appear approach arent arrive ask
asleep attempt aunt automagically average avoid await awake aware awesome awful baby back backward
bad badly basic basically bear beat beautiful become bed beforehand begin behind believe belong
below beneath beside besides bet better beyond big bigger bite bits blame blow board boat body
bold bore boring born borrow boss bother bottom bought bound box boy brand brave bread break
breakfast breath brief briefly bright bring broad broke broken brother brought bug burn bury busy
buy call calm came cannot care careful carry case catch caught cause ceiling center certain
certainly chain chair cheap cheat chief child choice chose claim clean cleaner clear clearly
clever climb close closed clothes coat coffee cold collect color comb comfort comfortable common
commonly companion compare complain complete completely complicated concern confuse confused
confusing consider consist constant constantly contain continue contrary convenient corner correct
correctly cost couldnt count country couple courage course cousin cover crazy create creep cross
crowd cry cup curious cut daily damage danger dangerous dark date daughter dead deal death decade
decide deep definitely deliver demand deny depend describe deserve desire desk despite detail
didnt die differ different difficult dinner dirt dirty disappear discover discuss dish distance
divide door doubt down downside dozen dream dress drink drop drunk dry dull dumb during dust duty
each eager ear early earn ease easier easily east eat edge effort egg eight eighty elder eleven
elsewhere emotional empty end ending enough enter entire entirely equal escape especially
essentially evening event eventually everywhere evil exact exactly example excellent except
exchange excuse expect expensive explain express extra extremely eye fact fail fair fairly fall
false fame family famous far farther fashion faster fat father fault favor favorite favourite fear
feed feel feeling feet fell fellow felt few fifteen fifty fight figure fill final finally finger
finish firm five fix fixed flat floor fly fold folk follow following foot force forever forget
forgive forgot form former forth fortune forward fought four fourteen fresh friday friend friendly
front fruit frustrated frustrating fulfil full fully funny further furthermore future gain gather
gave general generally gentle gentleman girl girlfriend glad glass goes gold gone gosh grab
gradual grand grass gray greet grew ground grow grown guard guest guide habit hadnt hair half hall
hand handle handy hang happen hardly harm hasnt hat hate head hear heard heart heat heaven heavily
heavy held hell hence heres hide high highly hill hit hold hole holiday home honest honestly honor
hope hopefully horrible hot hotel hows huge human hundred hunger hungry hunt hurry hurt husband
idle ill imagine immediate immediately important impossible improve inch indeed inside instance
instant instantly instead intend invite iron issue jealous job joke journey joy judge jump keep
kept key kick kid kill kindly king kiss kitchen knee knock lack lady laid land lane large largely
larger late lately latter laugh lay lazy lead leaf lean leave led left leg lend length lets lie
life lift likely limit line lip listen literally live lonely long longer lose loss lost loud low
luck lucky lunch mad made magically main mainly man manage manner mark married marry mass massive
match matter mature meal meant meanwhile measure meat meet meeting men mental mere merely mess
messy met mid middle midnight mild mile milk million mind mine minor minute miss mistake mix
modern moment monday money monster month mood moreover morning mostly mother motion mouth move
movement moving mud must mystery naked name narrow nation natural nature naughty near nearly neat
necessary neck neighbor neither nerve nervous newer nice nicely nicer night nine ninety nobody
noise none nonetheless noon nor normal normally north nose note nothing notice notion nowadays
nowhere number object oblige observe obvious obviously occasion occasionally occur odd office
often old older once ones oneself opinion opportunity oppose opposite ordinary otherwise ought
outdoors outside overall owe own owner pace pain pair pale pan pardon part particular particularly
partly party pass past path pause pay peace people perfect perfectly perhaps period permit person
personal personally phrase piece pile pink piss place plain plan play pleasant pleasure plenty
pocket point poor poorly popular position positive pour practical practice praise pray prepare
presence present press pretend prettier prevent previous previously price pride private prize
probable probably problem produce promise proof proper properly protect proud prove proven provide
public pull pure purpose push put quarter queen question quick quickly quiet quietly quit raise
ran random rang rapid rapidly rare rarely rate ready real realise realistic realize reason
reasonable receive recent recently recognize red refuse regard regret regular regularly reject
relation relative relax rely remain remark remove repair repeat replace reply rest result return
rich rid ride right ring rise risk roll roof room rough roughly round row rubbish rude ruin rule
run rush sad safe safely said sail sake sale salt same sand sat satisfy saturday save scare scared
scene scream season seat second secret seem seldom self selfish sell sense sentence separate
serious seriously serve set settle seven several severe shade shake shall shame shape share sharp
shelter shine ship shirt shock shoe shoot shop shore short shot shoulder shouldnt shout shut shy
sick side sight sign silence silent silly silver simple simply sing single sir sister sit
situation six size skin sky sleep slip slow slower slowly small smaller smart smarter smell smile
smoke smooth smoothly society soft soil sold sole solid solution solve somewhere son soon sorry
soul south space spare speak special specially spend spent spirit spite split spoke spot spread
spring square stage stair stand star stare start state stay steady steal step stick stir stole
stone stood stop store story straight strange stranger strength stress stretch strict strike
strong stuck stupid succeed success sudden suddenly suffer sugar sunday supper support suppose
surely surface surprise surprised surround suspect sweet swim sword table tail tall task taste
teach tear tedious ten tend term terrible thereby therefore theyre thick thin third thirty
thorough though thought thousand threat threw through throughout throw thursday thus tie tight
tightly till time tiny tired title together told tongue tonight took tool tooth top total totally
toward towards town trade treat trick trip trouble true truly trust truth tuesday turn twelve
twenty twice type uglier ugly uncle under understand understood unfortunately unhappy unless
unlike until unusual upon upper upset upside urgent useful useless usual usually vacation valley
value various vast verse victory view visit wait wake walk wall warm warn wash wasnt waste watch
weak wear wednesday weekend weigh weird welcome werent west wet whatsoever whenever wherever
whether whichever whilst whisper white whole whos wide wife wild win window wine winter wipe wise
woke woman won wonder wonderful wont wood word wore world worn worry worse worst wouldnt wound
write writing written wrong yell yellow youll young yourself zero
"""
"""Words of everyday English that say little of an idea."""


def commonness(stem: str) -> float:
    """The share of ideas that are likely to have a word."""
    return _shares().get(stem) or (PLAIN if is_everyday(stem) else UNSEEN)


def is_everyday(stem: str) -> bool:
    """Whether a word is one of everyday English."""
    return stem in _everyday()


@cache
def _shares() -> dict[str, float]:
    return {stem: share for share, stems in IN_IDEAS.items() for stem in stems.split()}


@cache
def _everyday() -> frozenset[str]:
    return frozenset(map(stemmer(), EVERYDAY.split()))
