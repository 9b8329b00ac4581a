/** Русский, for the views beside the list. */
import type { ViewMessages } from './en_views.ts';
import { jobs, plural } from './ru_plural.ts';

/** After «у», «из»: the genitive. */
const ofItems = (count: number) => `${count} ${plural(count, 'элемента', 'элементов', 'элементов')}`;
/** A number as Intl writes it in Russian. */
const numberOf = (text: string) => Number(text.replace(/\s/g, '').replace(',', '.'));

export const views: ViewMessages = {
  view: { label: 'Вид', jobs: 'Задания', items: 'Элементы', failures: 'Сбои', all: 'Все хранилища' },

  items: {
    title: 'Защищенные элементы',
    lacking: (count, total, limit) =>
      total === 1
        ? `У единственного элемента ${count === 1 ? 'нет успешной копии' : 'есть успешная копия'} за ${limit}`
        : count === 0
          ? `У всех ${ofItems(total)} есть успешная копия за ${limit}`
          : `У ${count} из ${ofItems(total)} нет успешной копии за ${limit}`,
    seen: (count, total, limit, range) =>
      `По заданиям за последние ${range}: ${total === 1 ? 'у единственного элемента' : count === 0 ? `у всех ${ofItems(total)}` : `у ${count} из ${ofItems(total)}`} ${count === 0 ? 'есть успешная копия' : 'нет успешной копии'} за ${limit}`,
    unknown: (count) => `${count} ${plural(count, 'элемент', 'элемента', 'элементов')} оценить нельзя`,
    notListed: 'Не удалось прочитать список элементов хранилища: показаны элементы, которые названы в его заданиях.',
    limit: 'Отмечать без успешной копии за',
    limits: { '24': '24 часа', '26': '26 часов', '168': '7 дней' },
    limitOf: 'Срок для',
    allItems: 'всех элементов',
    noOwnLimit: 'без своего срока',
    ownLimit: (kind, limit) => `${kind}: ${limit}`,
    lackingOwn: (count, total) =>
      `У ${total === 1 ? 'единственного элемента' : count === 0 ? `всех ${ofItems(total)}` : `${count} из ${ofItems(total)}`} ${count === 0 ? 'есть успешная копия' : 'нет успешной копии'} за отведенный срок`,
    lacksSort: (sort) => `${sort}: нет за отведенный срок`,
    column: { item: 'Элемент', type: 'Тип', days: 'По дням', success: 'Последний успех', duration: 'Длительность', state: 'Состояние' },
    never: 'не найдено',
    unknownAge: 'раньше прочитанного',
    usually: (range) => `обычно ${range}`,
    longer: (times) => `последний запуск занял в ${times} ${plural(numberOf(times), 'раз', 'раза', 'раз')} больше времени, чем обычно`,
    shorter: (times) => `последний запуск занял ${times} обычного времени`,
    running: 'Выполняется',
    noPlan: 'Без оценки: его заданий нет в списке',
    ambiguous: (count) => `Один из ${ofItems(count)} с этим именем: их задания не различить`,
    gone: 'Больше нет в списке элементов хранилища',
    overdue: 'Просрочено',
    fine: 'Защищено',
    protectionState: {
      IRPending: 'Ожидает первой копии',
      Protected: 'Защищено',
      ProtectionError: 'Ошибка защиты',
      ProtectionStopped: 'Защита остановлена',
      ProtectionPaused: 'Защита приостановлена',
      BackupsSuspended: 'Копирование приостановлено',
      NotProtected: 'Не защищено',
      ConfiguringProtection: 'Защита настраивается',
      ProtectionConfigured: 'Защищено',
      BackupSchedulesSuspended: 'Копирование приостановлено',
      RetentionSchedulesSuspended: 'Хранение приостановлено',
      ConfiguringProtectionFailed: 'Сбой настройки защиты',
      SoftDeleting: 'Удаляется',
      SoftDeleted: 'Удалено, можно восстановить',
      UpdatingProtection: 'Защита изменяется',
    },
    softDeleted: (until) => (until ? `Удалено, можно восстановить до ${until}` : 'Удалено, можно восстановить'),
    policy: (name) => `Политика ${name}`,
    day: (date, outcome) => `${date}: ${outcome}`,
    outcome: { good: 'успешно', failed: 'сбой', warned: 'с предупреждениями', running: 'выполняется', untold: 'больше не в списке', cancelled: 'отменено', absent: 'нет копии', unread: 'не прочитано' },
    empty: 'В этом хранилище пока ничего не защищено.',
    noMatch: 'Нет подходящих элементов.',
    search: 'Поиск элементов',
    all: 'Все',
    onlyTrouble: 'Только требующие внимания',
    showJobs: (item) => `Показать задания для «${item}»`,
    showHistory: (item) => `История «${item}»`,
    durations: 'Длительность копирования',
    size: 'Размер',
    keys: { open: 'Показать задания элемента', history: 'Показать историю элемента', back: 'Закрыть историю' },
  },

  failures: {
    title: 'Сбои по причинам',
    summary: (causes, failed) => `${jobs(failed)} со сбоем, ${causes} ${plural(causes, 'причина', 'причины', 'причин')}`,
    none: 'За этот период сбоев не было.',
    jobs,
    itemCount: (count) => `${count} ${plural(count, 'элемент', 'элемента', 'элементов')}`,
    noCode: 'Код ошибки не указан',
    first: (time) => `впервые ${time}`,
    last: (time) => `последний раз ${time}`,
    affected: 'Затронутые элементы',
    more: (count) => `и еще ${count}`,
    stillFailing: (count) => `У ${ofItems(count)} с тех пор нет успешных заданий`,
    recovered: 'С тех пор у каждого элемента есть успешное задание',
    show: 'Показать эти задания',
  },
};
