"""Short words that chats are made of, so that scraps of longer words stand out."""

# Up to four letters, folded. Rarer words are missing: where most words are rare, it is worth a look.
_RUSSIAN = """
а ага айди акт ао ах б баба бабы бати без блин бля бог боже боли боль бота боты брат бред бы был была были было быть в
вам вами вас вася ваш ваша ваши вашу ведь веке вера веры весь вид виде вижу вине вить вне во вову вода воды воин вон
вот вред врут все всей всем всех всею всю вся вы выше где глаз год года году годы гору горы д да даже дал дали дам два
две дед дел дела деле дело день дети диск для дни дня до долг дом дома дочь друг дтп думы душа души дядя едет едут ее
еж ей ел ели ем ему если есть еще ею ж ждем ждет жди жду жен жена жив живо живу жил жить жму за зал зато зла зло знай
знаю зову зона зря и игр идет идея иди иду идут из или им имел имхо имя иной инфа инфу иные итог их ищу к ка как каша
кг кек кем кино км книг ко кого коли коль кому кони кофе круг кст кто куда кум куча лень лес лет лето ли лица лицо
лишь лол лом лук люби люди лях мал мало мама маме мамы мать мая мб мвд меня меры мимо мин мир мира миру млн млрд мм
мне мной мною могу мода моей моем мозг мои моих мой мол море мост моя мск муж мужа мужу мы мясо на над надо нам нас
нах наш наша наше наши не небо него нее ней нем нему нет нету ни ники ним ними них но нова новы ног ноги нож норм нос
ночь ну о об оба обед ого ода один одна одни одно ой окно он она они оно ооо опыт от отец ох ою папа пар пара
пару пары пжл пива пиво пил пить план плиз плюс по под пока пол поле полу пор пора пост пот поту пох пою пред при про
прям пуст пути путь пять рад рада ради рады раз разу рай рано рода роль рот рт руб рук рука руки руку русь рф рыба ряд
с сад сам сама сами само свет сво свои свой свою се себе себя сек сел сели село семь сижу сил сила силы сих слов см
сна снег со софт спб спор спс срок ссср стал сто стоп стою суд суда суть сша сын сюда та так там тг тд те тебе тебя
тел тело тем тема тему темы тех типа тк то того тоже той том тому тот тп три труд ту туда туз тут ты тыс у увы уж уже
ужин ум умер ура уха ухо ушел ушла фио фон фото фсб хз хоть хочу храм хуже царь цель цена цены чай час часа часы чат
чата че чего чей чем чему чо что чтоб чуть чушь шаг шанс шел шли шо ща щас э эл эта эти этим этих это этой этом этот
эту юг я язык ясно
"""
_ENGLISH = """
a able act ad add age ago ah ai aid aim aint air all also am an and ant any app are area arm army art as ask ass at
ate away awe b baby back bad bag ball ban band bank bar base bat bc be bed bee been best bet bf bi big bill bin bit
blue bob body book born both box boy boys bro bus but buy by bye c cab call came can cap car care case cat cd city
club come cool cop cos cost cow cry cum cup cut cuz d da dad data date day de dead deal dear dem did die dig dis dj dm
do does dog don done dont door dot down dr drop drug dry dude due e each ear east eat egg ego el else em en end er era
et etc even ever evil ex eye face fact fail fair fall fan far fat fb fear feel feet few ff file fine fire fit five fix
fly food for form four fox fr free from ft full fun game gas gave gay get gets gf girl give glad go god goes gold gon
gone good got gum gun gut guy guys ha had hair half hand hard has hat hate have he head hear held hell help her here
hers hey hi high him hip his hit hm hold home hop hope hot hour how hr i ice id idea if ii ill im in into ip iq is
isnt it its jar jaw jay jet jew job joe joy just k keep key kid kids kill kim kind knew know la lab lady land last
late law lay lb le lead led left leg les less let lets lg lie life like lil line link lip list live ll lo lol long
look lord lose lost lot lots love low luck m ma mad made mail main make male man many map may me mean meet men met mid
mind mine miss mix mom more most move mr mrs ms much mud must my n na nah name nd near need net new news next nice no
none nor not note now nut ny o odd of off oh oil ok okay old omg on once one ones only op open or os our out over ow
owe own oz page paid part past pay pc pen per pet ph pic pick pie pig plan play pm pop post pot pr pray ps pull put r
ran rap rat raw re read real red rest rich rid ride rn road rock role room row rt rule run s sa sad safe said same sat
save saw say sd sea see seem seen self sell send set sex sf sh she shes show shut sick side sir sit site six size sky
so some son song soon sort soul st stay stop sub such suck sue sum sun sure t take talk tea team tell ten text th than
that the them then they this tho thus thx thy tie till time tip tl to toe told ton too took top town toy tree true try
turn tv two ty type u ugh uh um un up upon ur us use used user v va van ve very via view vote vs wait walk wall want
war wars was way we web week well went were west wet what when who whos why wi wid wife will win wish wit with wo won
wont word work wow wtf x xd y ya yah yall ye yea yeah year yep yes yet yo you youd your yr zoo
"""

SHORT_WORDS = frozenset((_RUSSIAN + _ENGLISH).split())
