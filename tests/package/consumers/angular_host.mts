// Angular takes unknown elements where the schema says so, and checks what its own classes do with them.
import { Component, CUSTOM_ELEMENTS_SCHEMA, type ElementRef, viewChild } from '@angular/core';
import type { AzureBackupJobs, JobsSelectDetail } from 'azure-backup-jobs/register/jobs';
import 'azure-backup-jobs/register/jobs';

@Component({
  selector: 'app-backup',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <azure-backup-jobs #jobs [vault]="vault" [getToken]="getToken" density="compact" (backup-jobs-select)="selected($event)"></azure-backup-jobs>
    <button (click)="again()">Again</button> {{ job }}
  `,
})
export class Backup {
  readonly vault = '/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v';
  readonly getToken: NonNullable<AzureBackupJobs['getToken']> = async ({ forceRefresh }) => (forceRefresh ? 'fresh' : 'token');
  readonly jobs = viewChild.required<ElementRef<AzureBackupJobs>>('jobs');
  job = '';

  selected({ detail }: CustomEvent<JobsSelectDetail>): void {
    this.job = detail.job;
  }

  again(): void {
    this.jobs().nativeElement.refresh();
    // @ts-expect-error A method that there is not.
    this.jobs().nativeElement.restart();
  }
}
