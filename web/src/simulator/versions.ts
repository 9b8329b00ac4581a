/** The api-versions the backup routes know, and the forms a body takes in each (AZURE.md §1, §4.3). */

export const supportedVersions = [
  '2016-12-01', '2017-07-01', '2019-05-13', '2019-06-15', '2021-06-01', '2023-02-01', '2024-04-01', '2025-02-01',
] as const

export interface BodyForm {
  version: string
  /** Durations as hh:mm:ss.fffffff (§4.3.1). */
  timeSpans: boolean
  /** actionsInfo as [1] (§4.3.3). */
  numericActions: boolean
  /** containerName and internalPropertyBag are sent: recorded bodies have them from 2019 on. */
  containerName: boolean
  /** Tasks of VM backups carry times, with the sentinel for "not yet"; before, they always lasted PT0S (§4.3.5). */
  taskTimes: boolean
  /** tasksList[].taskType (§4.3.7). */
  taskType: boolean
  /** Operation URLs carry a signature (§6). */
  signedLinks: boolean
}

/** api-versions are dates, so their order is their text's. */
export function formOf(version: string): BodyForm {
  return {
    version,
    timeSpans: version <= '2016-12-01',
    numericActions: version <= '2023-01-01',
    containerName: version >= '2019-05-13',
    taskTimes: version >= '2022-01-01',
    taskType: version >= '2024-01-01',
    signedLinks: version >= '2024-01-01',
  }
}
