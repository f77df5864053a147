export namespace app.logics {
  export function loadLeaves(status: app.enums.LeaveStatus, page: Long, size: Long): { list: List<app.dataSources.defaultDS.entities.LeaveRequest>, total: Long } {
    let result: { list: List<app.dataSources.defaultDS.entities.LeaveRequest>, total: Long };
    result = PAGINATE(
      FROM(app.dataSources.defaultDS.entities.LeaveRequest, LeaveRequest => $
        .WHERE(LeaveRequest.status == status)
        .ORDER_BY([LeaveRequest.applyTime, 'ASC'])
        .SELECT(LeaveRequest)
      ),
      page,
      size
    );
    return result;
  }
}
