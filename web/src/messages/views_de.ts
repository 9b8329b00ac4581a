/** Deutsch, for the views beside the list. */
import type { ViewMessages } from './en_views.ts';

export const views: ViewMessages = {
  view: { label: 'Ansicht', jobs: 'Aufträge', items: 'Elemente', failures: 'Fehlschläge', all: 'Alle Tresore' },

  items: {
    title: 'Geschützte Elemente',
    lacking: (count, total, limit) =>
      total === 1
        ? `Das einzige Element hat ${count === 1 ? 'keine' : 'eine'} erfolgreiche Sicherung, die jünger als ${limit} ist`
        : count === 0
          ? `Alle ${total} Elemente haben eine erfolgreiche Sicherung, die jünger als ${limit} ist`
          : `${count} von ${total} Elementen ${count === 1 ? 'hat' : 'haben'} keine erfolgreiche Sicherung, die jünger als ${limit} ist`,
    seen: (count, total, limit, range) => {
      const whose =
        total === 1 ? `das einzige Element hat ${count === 1 ? 'keine' : 'eine'}` : count === 0 ? `alle ${total} Elemente haben eine` : `${count} von ${total} Elementen ${count === 1 ? 'hat' : 'haben'} keine`;
      return `Nach den Aufträgen (Zeitraum: ${range}): ${whose} erfolgreiche Sicherung, die jünger als ${limit} ist`;
    },
    unknown: (count) => (count === 1 ? '1 Element lässt sich nicht beurteilen' : `${count} Elemente lassen sich nicht beurteilen`),
    notListed: 'Die Elementliste des Tresors war nicht zu lesen: Gezeigt werden die Elemente, die seine Aufträge nennen.',
    limit: 'Erlaubtes Alter der Sicherung',
    limits: { '24': '24 Stunden', '26': '26 Stunden', '168': '7 Tage' },
    limitOf: 'Frist für',
    allItems: 'alle Elemente',
    noOwnLimit: 'keine eigene Frist',
    ownLimit: (kind, limit) => `${kind}: ${limit}`,
    lackingOwn: (count, total) =>
      total === 1
        ? `Das einzige Element hat ${count === 1 ? 'keine' : 'eine'} erfolgreiche Sicherung innerhalb seiner Frist`
        : count === 0
          ? `Alle ${total} Elemente haben eine erfolgreiche Sicherung innerhalb ihrer Frist`
          : `${count} von ${total} Elementen ${count === 1 ? 'hat' : 'haben'} keine erfolgreiche Sicherung innerhalb ${count === 1 ? 'seiner' : 'ihrer'} Frist`,
    lacksSort: (sort) => `${sort}: keine innerhalb der Frist`,
    column: { item: 'Element', type: 'Art', days: 'Letzte Tage', success: 'Zuletzt erfolgreich', duration: 'Dauer', state: 'Zustand' },
    never: 'keine gefunden',
    unknownAge: 'älter als das Gelesene',
    usually: (range) => `gewöhnlich ${range}`,
    longer: (times) => `der letzte Lauf dauerte ${times}-mal so lange wie gewöhnlich`,
    shorter: (times) => `der letzte Lauf dauerte nur ${times}-mal so lange wie gewöhnlich`,
    running: 'Läuft gerade',
    noPlan: 'Nicht beurteilt: Seine Aufträge werden nicht aufgelistet',
    ambiguous: (count) => `Eines von ${count} Elementen dieses Namens: Ihre Aufträge sind nicht zu unterscheiden`,
    gone: 'Nicht mehr in der Elementliste des Tresors',
    overdue: 'Überfällig',
    fine: 'Geschützt',
    protectionState: {
      IRPending: 'Wartet auf die erste Sicherung',
      Protected: 'Geschützt',
      ProtectionError: 'Fehler beim Schutz',
      ProtectionStopped: 'Schutz beendet',
      ProtectionPaused: 'Schutz pausiert',
      BackupsSuspended: 'Sicherungen ausgesetzt',
      NotProtected: 'Nicht geschützt',
      ConfiguringProtection: 'Schutz wird eingerichtet',
      ProtectionConfigured: 'Geschützt',
      BackupSchedulesSuspended: 'Sicherungen ausgesetzt',
      RetentionSchedulesSuspended: 'Aufbewahrung ausgesetzt',
      ConfiguringProtectionFailed: 'Einrichten des Schutzes fehlgeschlagen',
      SoftDeleting: 'Wird gelöscht',
      SoftDeleted: 'Gelöscht, wiederherstellbar',
      UpdatingProtection: 'Schutz wird geändert',
    },
    softDeleted: (until) => (until ? `Gelöscht, wiederherstellbar bis ${until}` : 'Gelöscht, wiederherstellbar'),
    policy: (name) => `Richtlinie ${name}`,
    day: (date, outcome) => `${date}: ${outcome}`,
    outcome: { good: 'erfolgreich', failed: 'fehlgeschlagen', warned: 'mit Warnungen', running: 'läuft', untold: 'nicht mehr genannt', cancelled: 'abgebrochen', absent: 'keine Sicherung', unread: 'noch nicht gelesen' },
    empty: 'Dieser Tresor schützt noch nichts.',
    noMatch: 'Kein Element passt.',
    search: 'Elemente suchen',
    all: 'Alle',
    onlyTrouble: 'Nur was Aufmerksamkeit braucht',
    showJobs: (item) => `Aufträge für ${item} zeigen`,
    showHistory: (item) => `Verlauf von ${item}`,
    durations: 'Dauer seiner Sicherungen',
    size: 'Größe',
    keys: { open: 'Aufträge des Elements zeigen', history: 'Verlauf des Elements zeigen', back: 'Verlauf schließen' },
  },

  failures: {
    title: 'Fehlschläge nach Ursache',
    summary: (causes, jobs) => `${jobs === 1 ? '1 fehlgeschlagener Auftrag' : `${jobs} fehlgeschlagene Aufträge`}, ${causes === 1 ? '1 Ursache' : `${causes} Ursachen`}`,
    none: 'In dieser Zeit ist kein Auftrag fehlgeschlagen.',
    jobs: (count) => (count === 1 ? '1 Auftrag' : `${count} Aufträge`),
    itemCount: (count) => (count === 1 ? '1 Element' : `${count} Elemente`),
    noCode: 'Kein Fehlercode angegeben',
    first: (time) => `zuerst ${time}`,
    last: (time) => `zuletzt ${time}`,
    affected: 'Betroffene Elemente',
    more: (count) => `und ${count} weitere`,
    stillFailing: (count) => (count === 1 ? '1 Element war seither nicht erfolgreich' : `${count} Elemente waren seither nicht erfolgreich`),
    recovered: 'Jedes Element war seither erfolgreich',
    show: 'Diese Aufträge zeigen',
  },
};
