/** 日本語, for the views beside the list. */
import type { ViewMessages } from './en_views.ts';

export const views: ViewMessages = {
  view: { label: '表示', jobs: 'ジョブ', items: '項目', failures: '失敗', all: 'すべてのコンテナー' },

  items: {
    title: '保護された項目',
    lacking: (count, total, limit) =>
      total === 1
        ? count === 1
          ? `唯一の項目に、過去 ${limit}以内の成功したバックアップがありません`
          : `唯一の項目に、過去 ${limit}以内の成功したバックアップがあります`
        : count === 0
          ? `${total} 項目すべてに、過去 ${limit}以内の成功したバックアップがあります`
          : `${total} 項目中 ${count} 項目に、過去 ${limit}以内の成功したバックアップがありません`,
    seen: (count, total, limit, range) =>
      count === 0
        ? `過去 ${range}間に確認できた ${total} 項目${total === 1 ? '' : 'のすべて'}に、過去 ${limit}以内の成功したバックアップがあります`
        : `過去 ${range}間に確認できた ${total} 項目中 ${count} 項目に、過去 ${limit}以内の成功したバックアップがありません`,
    unknown: (count) => `${count} 項目は判定できません`,
    notListed: 'コンテナーの項目一覧を読み取れませんでした。ここに示すのは、ジョブに記録されている項目です。',
    limit: '成功なしの許容期間',
    limits: { '24': '24 時間', '26': '26 時間', '168': '7 日' },
    limitOf: '期限の対象',
    allItems: 'すべての項目',
    noOwnLimit: '個別の期限なし',
    ownLimit: (kind, limit) => `${kind}: ${limit}`,
    lackingOwn: (count, total) =>
      count === 0 ? `${total} 項目${total === 1 ? '' : 'のすべて'}に、期限内の成功したバックアップがあります` : `${total} 項目中 ${count} 項目に、期限内の成功したバックアップがありません`,
    lacksSort: (sort) => `${sort}: 期限内になし`,
    column: { item: '項目', type: '種類', days: '日別の結果', success: '最終成功', duration: '所要時間', state: '状態' },
    never: '確認できず',
    unknownAge: '読み取り範囲より前',
    usually: (range) => `通常 ${range}`,
    longer: (times) => `前回の実行は通常の ${times} 倍の時間がかかりました`,
    shorter: (times) => `前回の実行は通常の ${times} 倍の時間で終わりました`,
    running: '実行中',
    noPlan: '判定なし: ジョブが一覧にない項目です',
    ambiguous: (count) => `同じ名前の ${count} 項目の 1 つ: ジョブを区別できません`,
    gone: 'コンテナーの項目一覧から消えています',
    overdue: '期限超過',
    fine: '保護中',
    protectionState: {
      IRPending: '初回バックアップ待ち',
      Protected: '保護中',
      ProtectionError: '保護エラー',
      ProtectionStopped: '保護停止中',
      ProtectionPaused: '保護一時停止中',
      BackupsSuspended: 'バックアップ中断中',
      NotProtected: '保護なし',
      ConfiguringProtection: '保護を構成中',
      ProtectionConfigured: '保護中',
      BackupSchedulesSuspended: 'バックアップ中断中',
      RetentionSchedulesSuspended: '保持処理中断中',
      ConfiguringProtectionFailed: '保護の構成に失敗',
      SoftDeleting: '削除中',
      SoftDeleted: '削除済み (復元可能)',
      UpdatingProtection: '保護を変更中',
    },
    softDeleted: (until) => (until ? `削除済み (${until} まで復元可能)` : '削除済み (復元可能)'),
    policy: (name) => `ポリシー ${name}`,
    day: (date, outcome) => `${date}: ${outcome}`,
    outcome: { good: '成功', failed: '失敗', warned: '警告あり', running: '実行中', untold: '一覧から消失', cancelled: 'キャンセル', absent: 'バックアップなし', unread: '未読み取り' },
    empty: 'このコンテナーには、保護された項目がまだありません。',
    noMatch: '一致する項目はありません。',
    search: '項目を検索',
    all: 'すべて',
    onlyTrouble: '注意が必要なものだけ',
    showJobs: (item) => `${item} のジョブを表示`,
    showHistory: (item) => `${item} の履歴`,
    durations: 'バックアップの所要時間',
    size: 'サイズ',
    keys: { open: '項目のジョブを表示', history: '項目の履歴を表示', back: '履歴を閉じる' },
  },

  failures: {
    title: '原因別の失敗',
    summary: (causes, jobs) => `失敗したジョブ ${jobs} 件、原因 ${causes} 件`,
    none: 'この期間に失敗したジョブはありません。',
    jobs: (count) => `${count} 件のジョブ`,
    itemCount: (count) => `${count} 項目`,
    noCode: 'エラー コードなし',
    first: (time) => `最初は ${time}`,
    last: (time) => `最後は ${time}`,
    affected: '影響を受けた項目',
    more: (count) => `ほか ${count} 項目`,
    stillFailing: (count) => `${count} 項目がその後まだ成功していません`,
    recovered: 'その後、すべての項目が成功しています',
    show: 'これらのジョブを表示',
  },
};
