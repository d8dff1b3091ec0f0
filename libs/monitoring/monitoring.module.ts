import { Module } from '@nestjs/common';
import { BacklogsRepository } from './backlogs.repository.js';
import { MonitoringService } from './monitoring.service.js';

/** Shows the state of the database as metrics. Only one application of a process needs it. */
@Module({ providers: [MonitoringService, BacklogsRepository] })
export class MonitoringModule {}
