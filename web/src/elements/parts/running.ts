/** What every view of a job says of it. */
import type { Job, JobState } from '../../engine/api.ts';
import { type View, worded } from '../view.ts';

export function isRunning(state: JobState): boolean {
  return state === 'in-progress' || state === 'cancelling';
}

export function kindOf(job: Job, view: View): string {
  const { text } = view;
  if (job.workloadType && Object.hasOwn(text.workloadType, job.workloadType)) return worded(text.workloadType, job.workloadType);
  return worded(text.managementType, job.managementType);
}
