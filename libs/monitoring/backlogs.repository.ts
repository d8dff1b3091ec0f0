import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BACKLOGS, type Backlog } from './backlogs.sql.js';

/** The rows of one state that needs work. */
export interface StateCount {
  backlog: Backlog;
  state: string;
  rows: number;
  /** 0 if there is none. */
  oldestSeconds: number;
}

/** What waits in the database at one moment. */
export interface Backlogs {
  states: StateCount[];
  inDoubtCents: number;
  activeSessions: number;
}

/** Reads what waits in the database. */
@Injectable()
export class BacklogsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** In one statement, which reads only parts of indexes. */
  async read(): Promise<Backlogs> {
    const [backlogs] = await this.dataSource.query<[Backlogs]>(BACKLOGS);
    return backlogs;
  }
}
