import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { AuditLog } from '#audit';
import { Access } from '../auth/auth.decorators.js';
import { paginate } from '../pagination/paginate.js';
import { ApiPage } from '../pagination/pagination.decorators.js';
import { AuditEntryDto, AuditPageDto } from './dto/audit-entry.dto.js';

@ApiTags('Reports')
@Controller('admin/audit')
export class AdminAuditController {
  constructor(private readonly audit: AuditLog) {}

  @Access('GET /admin/audit')
  @Get()
  @ApiOperation({
    summary: 'List who changed what, newest first',
    description:
      'Each entry is a change by a member of the staff or by a command of the operators, with the state before and after it.',
  })
  @ApiPage(AuditEntryDto)
  async listAuditEntries(@Query() query: AuditPageDto, @Req() request: Request): Promise<AuditEntryDto[]> {
    const { actor: actorId, action, subject: subjectId } = query;
    const entries = await paginate(
      request,
      query,
      (page) => this.audit.list(page, { actorId, action, subjectId }),
      (entry) => entry,
    );
    return entries.map((entry) => AuditEntryDto.from(entry));
  }
}
