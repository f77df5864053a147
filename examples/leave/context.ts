export namespace app.dataSources.defaultDS.entities {
  @Entity({ description: '请假申请' })
  export class LeaveRequest {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    @Property({ label: '申请人' }) applicant: String;
    @Property({ label: '申请状态' }) status: app.enums.LeaveStatus;
    @Property({ label: '申请时间' }) applyTime: DateTime;
  }
}
export namespace app.enums {
  export enum LeaveStatus {
    /** 待审批 */ pending = 'pending',
    /** 已通过 */ approved = 'approved',
  }
}
