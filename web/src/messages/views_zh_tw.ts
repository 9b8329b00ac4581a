/** 繁體中文, for the views beside the list. */
import type { ViewMessages } from './en_views.ts';

export const views: ViewMessages = {
  view: { label: '檢視', jobs: '作業', items: '項目', failures: '失敗', all: '所有保存庫' },

  items: {
    title: '受保護的項目',
    lacking: (count, total, limit) =>
      total === 1
        ? count === 1
          ? `唯一的項目在過去 ${limit}內沒有成功的備份`
          : `唯一的項目在過去 ${limit}內有成功的備份`
        : count === 0
          ? `全部 ${total} 個項目在過去 ${limit}內都有成功的備份`
          : `${total} 個項目中有 ${count} 個在過去 ${limit}內沒有成功的備份`,
    seen: (count, total, limit, range) =>
      count === 0
        ? `過去 ${range}內出現的 ${total} 個項目，在過去 ${limit}內${total === 1 ? '' : '都'}有成功的備份`
        : `過去 ${range}內出現的 ${total} 個項目中，有 ${count} 個在過去 ${limit}內沒有成功的備份`,
    unknown: (count) => `${count} 個項目無法判斷`,
    notListed: '無法讀取保存庫的項目清單：以下是其作業中出現的項目。',
    limit: '無成功備份的標示期限',
    limits: { '24': '24 小時', '26': '26 小時', '168': '7 天' },
    limitOf: '期限對象',
    allItems: '所有項目',
    noOwnLimit: '無個別期限',
    ownLimit: (kind, limit) => `${kind}：${limit}`,
    lackingOwn: (count, total) =>
      total === 1 ? `唯一的項目在期限內${count === 1 ? '沒有' : '有'}成功的備份` : count === 0 ? `全部 ${total} 個項目在期限內都有成功的備份` : `${total} 個項目中有 ${count} 個在期限內沒有成功的備份`,
    lacksSort: (sort) => `${sort}：期限內沒有`,
    column: { item: '項目', type: '類型', days: '每日結果', success: '上次成功', duration: '持續時間', state: '狀態' },
    never: '未發現',
    unknownAge: '早於已讀取範圍',
    usually: (range) => `通常 ${range}`,
    longer: (times) => `上次執行花了平常 ${times} 倍的時間`,
    shorter: (times) => `上次執行只花了平常 ${times} 倍的時間`,
    running: '進行中',
    noPlan: '不予判斷：其作業未列在清單中',
    ambiguous: (count) => `${count} 個同名項目之一：無法區分其作業`,
    gone: '已不在保存庫的項目清單中',
    overdue: '逾期',
    fine: '受保護',
    protectionState: {
      IRPending: '等待首次備份',
      Protected: '受保護',
      ProtectionError: '保護發生錯誤',
      ProtectionStopped: '已停止保護',
      ProtectionPaused: '已暫停保護',
      BackupsSuspended: '備份已暫止',
      NotProtected: '未受保護',
      ConfiguringProtection: '正在設定保護',
      ProtectionConfigured: '受保護',
      BackupSchedulesSuspended: '備份已暫止',
      RetentionSchedulesSuspended: '保留已暫止',
      ConfiguringProtectionFailed: '設定保護失敗',
      SoftDeleting: '刪除中',
      SoftDeleted: '已刪除，可還原',
      UpdatingProtection: '正在變更保護',
    },
    softDeleted: (until) => (until ? `已刪除，${until}前可還原` : '已刪除，可還原'),
    policy: (name) => `原則 ${name}`,
    day: (date, outcome) => `${date}：${outcome}`,
    outcome: { good: '成功', failed: '失敗', warned: '有警告', running: '進行中', untold: '已不在清單中', cancelled: '已取消', absent: '沒有備份', unread: '尚未讀取' },
    empty: '此保存庫尚未保護任何項目。',
    noMatch: '沒有相符的項目。',
    search: '搜尋項目',
    all: '全部',
    onlyTrouble: '只顯示需要注意的項目',
    showJobs: (item) => `顯示 ${item} 的作業`,
    showHistory: (item) => `${item} 的歷程記錄`,
    durations: '備份持續時間',
    size: '大小',
    keys: { open: '顯示項目的作業', history: '顯示項目的歷程記錄', back: '關閉歷程記錄' },
  },

  failures: {
    title: '依原因檢視失敗',
    summary: (causes, jobs) => `${jobs} 個失敗的作業，${causes} 個原因`,
    none: '這段時間內沒有失敗的作業。',
    jobs: (count) => `${count} 個作業`,
    itemCount: (count) => `${count} 個項目`,
    noCode: '未提供錯誤碼',
    first: (time) => `首次 ${time}`,
    last: (time) => `最近 ${time}`,
    affected: '受影響的項目',
    more: (count) => `以及另外 ${count} 個`,
    stillFailing: (count) => `${count} 個項目此後尚未成功`,
    recovered: '所有項目此後均已成功',
    show: '顯示這些作業',
  },
};
