namespace Gatehouse.Cli.Tests.Support;

/// <summary>A server that takes sign-ups.</summary>
public static class SignUpServer
{
    /// <summary>A server with the steps of the wire: one code, one promo code, passwords from 8 characters.</summary>
    public static LoopbackServer Offering(string offer, string next = "confirmation_code") => new(request =>
        Answer(request, offer, next));

    private static Reply Answer(Request request, string offer, string next) => request switch
    {
        _ when request.Field("email") is { } email => email.Contains('@')
            ? new Reply(200, $$"""{"data":{{offer}}}""")
            : Refusal("email", "has invalid format"),
        _ when request.Field("confirmation_code") is { } code => code == "123456"
            ? Done
            : Refusal("confirmation_code", "is invalid"),
        _ when request.Field("password") is { } password => password.Length >= 8
            ? Done
            : Refusal("password", "should be at least 8 character(s)"),
        _ when request.Field("promo_code") is { } promo => promo == "SPRING"
            ? new Reply(200, """{"data":{"promo":"SPRING"}}""")
            : Refusal("promo_code", "is invalid"),
        _ when request.Field("stripe_token") is not null => Done,
        _ when request.Field("card_page") is "open" => new Reply(
            200, """{"data":{"id":"c-1","url":"https://pay.example.com/c-1","state":"pending"}}"""),
        _ when request.Field("card_page") is not null => new Reply(200, """{"data":{"id":"c-1","state":"complete"}}"""),
        _ when request.Field("tier") is not null => new Reply(
            200, """{"data":{"email":"ann@example.com","key":"gate_1","user_name":"calm-otter-4821"}}"""),
        _ => new Reply(200, $$"""{"data":{"email":"ann@example.com","next":"{{next}}",{{offer[1..]}}}"""),
    };

    private static Reply Done => new(200, """{"data":{}}""");

    private static Reply Refusal(string field, string predicate) =>
        new(422, $$$"""{"errors":{"{{{field}}}":["{{{predicate}}}"]}}""");
}
