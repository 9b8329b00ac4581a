/** 한국어, for the views beside the list. */
import type { ViewMessages } from './en_views.ts';

export const views: ViewMessages = {
  view: { label: '보기', jobs: '작업', items: '항목', failures: '실패', all: '모든 자격 증명 모음' },

  items: {
    title: '보호된 항목',
    lacking: (count, total, limit) =>
      total === 1
        ? count === 1
          ? `유일한 항목에 최근 ${limit} 이내의 성공한 백업이 없습니다`
          : `유일한 항목에 최근 ${limit} 이내의 성공한 백업이 있습니다`
        : count === 0
          ? `항목 ${total}개 모두 최근 ${limit} 이내의 성공한 백업이 있습니다`
          : `항목 ${total}개 중 ${count}개에 최근 ${limit} 이내의 성공한 백업이 없습니다`,
    seen: (count, total, limit, range) =>
      count === 0
        ? `지난 ${range} 동안 확인된 항목 ${total}개${total === 1 ? '에' : ' 모두'} 최근 ${limit} 이내의 성공한 백업이 있습니다`
        : `지난 ${range} 동안 확인된 항목 ${total}개 중 ${count}개에 최근 ${limit} 이내의 성공한 백업이 없습니다`,
    unknown: (count) => `항목 ${count}개는 판단할 수 없습니다`,
    notListed: '자격 증명 모음의 항목 목록을 읽지 못했습니다. 여기에는 작업에 나오는 항목을 표시합니다.',
    limit: '성공한 백업 없음 표시 기준',
    limits: { '24': '24시간', '26': '26시간', '168': '7일' },
    limitOf: '기준 대상',
    allItems: '모든 항목',
    noOwnLimit: '별도 기준 없음',
    ownLimit: (kind, limit) => `${kind}: ${limit}`,
    lackingOwn: (count, total) =>
      count === 0 ? `항목 ${total}개${total === 1 ? '에' : ' 모두'} 기준 시간 이내의 성공한 백업이 있습니다` : `항목 ${total}개 중 ${count}개에 기준 시간 이내의 성공한 백업이 없습니다`,
    lacksSort: (sort) => `${sort}: 기준 시간 내 없음`,
    column: { item: '항목', type: '유형', days: '일별 결과', success: '마지막 성공', duration: '소요 시간', state: '상태' },
    never: '확인 안 됨',
    unknownAge: '읽은 범위보다 이전',
    usually: (range) => `보통 ${range}`,
    longer: (times) => `마지막 실행은 평소의 ${times}배 시간이 걸렸습니다`,
    shorter: (times) => `마지막 실행은 평소의 ${times}배 시간에 끝났습니다`,
    running: '진행 중',
    noPlan: '판정 안 함: 작업이 목록에 나오지 않는 항목',
    ambiguous: (count) => `같은 이름의 항목 ${count}개 중 하나: 작업을 구분할 수 없음`,
    gone: '자격 증명 모음의 항목 목록에 더 이상 없음',
    overdue: '기한 초과',
    fine: '보호됨',
    protectionState: {
      IRPending: '첫 백업 대기 중',
      Protected: '보호됨',
      ProtectionError: '보호 오류',
      ProtectionStopped: '보호 중지됨',
      ProtectionPaused: '보호 일시 중지됨',
      BackupsSuspended: '백업 일시 중단됨',
      NotProtected: '보호되지 않음',
      ConfiguringProtection: '보호 구성 중',
      ProtectionConfigured: '보호됨',
      BackupSchedulesSuspended: '백업 일시 중단됨',
      RetentionSchedulesSuspended: '보존 일시 중단됨',
      ConfiguringProtectionFailed: '보호 구성 실패',
      SoftDeleting: '삭제 중',
      SoftDeleted: '삭제됨, 복원 가능',
      UpdatingProtection: '보호 변경 중',
    },
    softDeleted: (until) => (until ? `삭제됨, ${until}까지 복원 가능` : '삭제됨, 복원 가능'),
    policy: (name) => `정책 ${name}`,
    day: (date, outcome) => `${date}: ${outcome}`,
    outcome: { good: '성공', failed: '실패', warned: '경고 있음', running: '진행 중', untold: '목록에서 사라짐', cancelled: '취소됨', absent: '백업 없음', unread: '아직 읽지 않음' },
    empty: '이 자격 증명 모음에는 아직 보호된 항목이 없습니다.',
    noMatch: '일치하는 항목이 없습니다.',
    search: '항목 검색',
    all: '모두',
    onlyTrouble: '주의가 필요한 항목만',
    showJobs: (item) => `${item}의 작업 표시`,
    showHistory: (item) => `${item}의 기록`,
    durations: '백업 소요 시간',
    size: '크기',
    keys: { open: '항목의 작업 표시', history: '항목의 기록 표시', back: '기록 닫기' },
  },

  failures: {
    title: '원인별 실패',
    summary: (causes, jobs) => `실패한 작업 ${jobs}개, 원인 ${causes}개`,
    none: '이 기간에 실패한 작업이 없습니다.',
    jobs: (count) => `작업 ${count}개`,
    itemCount: (count) => `항목 ${count}개`,
    noCode: '오류 코드 없음',
    first: (time) => `최초 ${time}`,
    last: (time) => `최근 ${time}`,
    affected: '영향받은 항목',
    more: (count) => `외 ${count}개`,
    stillFailing: (count) => `항목 ${count}개가 이후 아직 성공하지 못했습니다`,
    recovered: '이후 모든 항목이 성공했습니다',
    show: '해당 작업 표시',
  },
};
