import { Body, Controller, Get, Param, Patch, Post, Query, Req, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import {
  EmailTaken,
  LastManager,
  PasswordRefused,
  TooManyConcurrentLogins,
  UserNotFound,
  UsersService,
  type Actor,
} from '#users';
import { Access, CurrentActor } from '../auth/auth.decorators.js';
import { AcceptsJson } from '../http/accepts.decorators.js';
import { IdDto } from '../ids/dto/id.dto.js';
import { paginate } from '../pagination/paginate.js';
import { ApiPage } from '../pagination/pagination.decorators.js';
import { INVALID_ID, invalidField, Problems } from '../problem/problem.decorators.js';
import { IfMatch, preconditionOf } from '../resources/if-match.js';
import {
  ApiConditionalChange,
  ApiConditionalRead,
  ETAG,
  NEW_RESOURCE_HEADERS,
} from '../resources/resource.decorators.js';
import { ResourceInterceptor } from '../resources/resource.interceptor.js';
import { CreateUserDto, UpdateUserDto, UserDto, UserIdDto, UserPageDto } from './dto/user.dto.js';

@ApiTags('People')
@Controller('admin/users')
export class AdminUsersController {
  constructor(private readonly users: UsersService) {}

  @Access('GET /admin/users')
  @Get()
  @ApiOperation({
    summary: 'List all users, newest first',
    description:
      'The list has customers, baristas and managers, or only those with the `role` that you choose.',
  })
  @ApiPage(UserDto)
  async listUsers(@Query() query: UserPageDto, @Req() request: Request): Promise<UserDto[]> {
    const users = await paginate(
      request,
      query,
      (page) => this.users.list(page, query.role),
      (user) => user,
    );
    return users.map((user) => UserDto.from(user));
  }

  @Access('GET /admin/users/{id}')
  @Get(':id')
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({ summary: 'Show a user', description: 'The ids are in `GET /admin/users`.' })
  @ApiOkResponse({ type: UserDto, headers: ETAG })
  @ApiConditionalRead()
  @Problems(UserNotFound, ...INVALID_ID)
  async getUser(@Param() { id }: UserIdDto): Promise<UserDto> {
    return UserDto.from(await this.users.get(id));
  }

  @Access('POST /admin/users')
  @Post()
  @AcceptsJson()
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({
    summary: 'Add a user, such as a member of the staff',
    description:
      'A `barista` works at the counter, a `manager` may do everything. Tell the user the password. The user can change it with `POST /auth/password`.',
  })
  @ApiCreatedResponse({ type: UserDto, headers: NEW_RESOURCE_HEADERS })
  @Problems(invalidField('email', 'email must be an e-mail'), PasswordRefused)
  @Problems(EmailTaken, TooManyConcurrentLogins)
  async createUser(@Body() body: CreateUserDto, @CurrentActor() actor: Actor): Promise<UserDto> {
    return UserDto.from(await this.users.create(body, actor));
  }

  @Access('PATCH /admin/users/{id}')
  @Patch(':id')
  @AcceptsJson()
  @UseInterceptors(ResourceInterceptor)
  @ApiOperation({
    summary: "Change a user's role, or disable or enable the user",
    description:
      'A disabled user cannot log in. Disabling ends the sessions of the user; they do not come back when the user is enabled. A changed role counts within 30 seconds.',
  })
  @ApiBody({
    type: UpdateUserDto,
    examples: {
      enable: { summary: 'Enable', value: { disabled: false } },
      disable: { summary: 'Disable', value: { disabled: true } },
      promote: { summary: 'Make a manager of the user', value: { role: 'manager' } },
    },
  })
  @ApiOkResponse({ type: UserDto, headers: ETAG })
  @ApiConditionalChange()
  @Problems(UserNotFound, LastManager, ...INVALID_ID)
  async updateUser(
    @Param() { id }: IdDto,
    @Body() body: UpdateUserDto,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string[],
  ): Promise<UserDto> {
    const precondition = preconditionOf(ifMatch, UserDto);
    return UserDto.from(await this.users.update(id, body.toChanges(), actor, precondition));
  }
}
