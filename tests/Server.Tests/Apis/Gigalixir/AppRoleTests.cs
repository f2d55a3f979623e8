using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Roles and scopes against every route below an app.</summary>
public sealed class AppRoleTests
{
    [Theory, EveryDatabase]
    public async Task Role_opens_what_it_is_for_and_nothing_else(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.Upgrade(ada);
        await server.MakeApp(ada, "engine");
        var people = new Dictionary<AppRole, Customer> { [AppRole.Owner] = ada };
        foreach (var role in (AppRole[])[AppRole.Viewer, AppRole.Collaborator])
        {
            people[role] = await server.SignUp($"{role}@example.org");
            var person = new { email = people[role].Email, role = $"{role}" };
            await server.Do(ada, "POST /api/apps/engine/permissions", person);
        }

        var wrong = new List<string>();
        var each = AppRoutes.All.SelectMany(_ => people.OrderBy(pair => pair.Key), ValueTuple.Create);
        foreach (var (route, (role, who)) in each)
        {
            var answer = await server.CallAs(who, route.At("engine"), route.Body);
            var isForbidden = answer.Body == """{"errors":{"":["Your role in this app does not allow that."]}}""";
            if (isForbidden != role < route.Least || (isForbidden && answer.Status != 403))
                wrong.Add($"{role} {route.What}: {answer}");
        }

        Assert.Empty(wrong);
    }

    [Theory, EveryDatabase]
    public async Task Key_needs_the_scope_of_apps(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.MakeApp(ada, "engine");
        AppRoute[] routes =
        [
            new("GET /api/apps", null, AppRole.Viewer), new("POST /api/apps", null, AppRole.Owner), .. AppRoutes.All,
        ];
        var wrong = new List<string>();
        foreach (var scope in (string[])["account:read", "billing", "apps"])
        {
            var made = await server.Do(
                ada, "POST /api/account_keys", new { name = scope.Replace(':', '-'), scopes = new[] { scope } });
            var scoped = ada with { Key = made.Data("key") };
            foreach (var route in routes)
            {
                var answer = await server.CallAs(scoped, route.At("engine"), route.Body);
                if ((answer.Status == 403) != (scope != "apps")) wrong.Add($"{scope} {route.What}: {answer}");
            }
        }

        Assert.Empty(wrong);
    }
}
