"""Words that greetings, thanks and other everyday answers are made of: many people write the same of these."""

from moderator_app.judging.short_words import SHORT_WORDS

# Folded; Russian ones of up to four letters stand among the short words.
_RUSSIAN = """
привет приветик приветствую здравствуй здравствуйте здрасте здорово дарова доброе добрый доброго доброй утро утра
утречко вечер вечера ночи суток времени спокойной пока покеда прощайте свидания встречи завтра сегодня вчера
спасибо спасибки спасиб спс благодарю большое огромное пожалуйста пожалуй незачто извини извините прости простите
хорошо ладно понял поняла понятно принял приняла принято согласен согласна согласны точно верно правда правильно
нормально отлично супер круто класс прикольно здесь
конечно наверное наверно может возможно видимо думаю знаю знает считаю помню вижу слышу жалко плохо ничего никто
никогда всегда кажется почему зачем когда откуда куда сколько какой какая какое какие какого чего который сейчас потом
позже скоро опять снова тоже также совсем очень вообще просто именно только можно нужно нельзя надо больше меньше
буду будет будем будут была было давай давайте ждем жду смотря понимаю поддерживаю поздравляю поздравляем днем
рождения праздником праздниками новым годом здоровья удачи счастья выздоравливай аминь
ребята друзья народ люди мужики девочки коллеги соседи парни
спам это бот бан админ админы забаньте удалите уберите репорт жалоба скам
"""
_ENGLISH = """
hello hi hey hiya good morning afternoon evening night bye thank thanks thx ty you u very much so many a the is it that
this yes yeah yep no nope not ok okay sure fine nice cool great lol lmao rofl haha agree agreed same here me too i im
am dont know do what why who when where how are for all guys everyone everybody happy birthday welcome please sorry
done right wrong true maybe again later spam report bot
"""
# Greetings and thanks as one word, where words are not set apart.
_EAST_ASIAN = """
谢谢大家 大家早上好 大家晚上好 早上好 晚上好 ありかとう ありがとう こんにちは こんはんは おはよう おはようこさいます
안녕하세요 감사합니다 고맙습니다
"""

_CYRILLIC_SHORT = frozenset(word for word in SHORT_WORDS if not word.isascii())

ORDINARY_WORDS = _CYRILLIC_SHORT.union((_RUSSIAN + _ENGLISH + _EAST_ASIAN).split())
