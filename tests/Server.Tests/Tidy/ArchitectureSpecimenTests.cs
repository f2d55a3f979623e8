using Xunit;

namespace Gatehouse.Tests.Tidy;

/// <summary>Shows the architecture tests what they have to refuse. A test never seen to fail proves nothing.</summary>
public sealed class ArchitectureSpecimenTests
{
    private static readonly Directions WithFeatures = Directions.Stated with
    {
        Features = new Dictionary<string, IReadOnlyList<string>> { ["Apps"] = ["Credits"] },
    };

    [Theory]
    [InlineData("Domain.Account", "Data.Db")]
    [InlineData("Domain.Account", "Features.Accounts.SignUp")]
    [InlineData("Data.Db", "Features.Accounts.SignUp")]
    [InlineData("Data.Db", "Platform.Settings")]
    [InlineData("Platform.Settings", "Features.Accounts.SignUp")]
    [InlineData("Mail.PasswordResetMail", "Data.Db")]
    [InlineData("Mail.PasswordResetMail", "Gateways.SmtpGateway")]
    [InlineData("Gateways.SmtpGateway", "Features.Passwords.ResetPassword")]
    [InlineData("Gateways.SmtpGateway", "Mail.PasswordResetMail")]
    [InlineData("Features.Accounts.SignUp", "Apis.Gigalixir.Accounts")]
    [InlineData("Features.Accounts.SignUp", "WebConsole.Accounts.SignUp")]
    [InlineData("Features.Accounts.SignUp", "Jobs.Schedule")]
    [InlineData("Apis.Gigalixir.Accounts", "Data.Db")]
    [InlineData("Apis.Gigalixir.Accounts", "Apis.Temporal.Accounts")]
    [InlineData("Apis.Temporal.Accounts", "Data.Db")]
    [InlineData("Apis.Temporal.Accounts", "Apis.Gigalixir.Accounts")]
    [InlineData("WebConsole.Accounts.SignUp", "Data.Db")]
    [InlineData("WebConsole.Accounts.SignUp", "Apis.Gigalixir.Accounts")]
    [InlineData("Jobs.SendOutboxMail", "Apis.Gigalixir.Accounts")]
    [InlineData("Commands.Migrate", "WebConsole.Accounts.SignUp")]
    [InlineData("Features.Credits.BuyCredits", "Features.Apps.CreateApp")]
    [InlineData("DomainEvents.Account", "Domain.Account")]
    [InlineData("Data.Db", "DomainEvents.Account")]
    [InlineData("Account", "Domain.Account")]
    public void Reference_against_the_table_is_refused(string from, string to) =>
        Assert.NotNull(WithFeatures.Refusal(new Reference("Gatehouse." + from, "Gatehouse." + to)));

    [Theory]
    [InlineData("Data.Db", "Domain.Account")]
    [InlineData("Features.Accounts.SignUp", "Data.Db")]
    [InlineData("Features.Accounts.SignUp", "Features.Accounts.Names")]
    [InlineData("Features.Apps.CreateApp", "Features.Credits.BuyCredits")]
    [InlineData("Apis.Temporal.Accounts", "Features.Accounts.SignUp")]
    [InlineData("Apis.Temporal.Accounts", "Apis.Temporal.Errors")]
    [InlineData("Jobs.SendOutboxMail", "Gateways.SmtpGateway")]
    public void Reference_along_the_table_is_allowed(string from, string to) =>
        Assert.Null(WithFeatures.Refusal(new Reference("Gatehouse." + from, "Gatehouse." + to)));

    [Fact]
    public void Composition_may_use_everything() =>
        Assert.All(
            Directions.Stated.Folders.Keys,
            folder => Assert.Null(Directions.Stated.Refusal(new("Program", Directions.Namespace(folder) + ".Type"))));

    [Theory]
    [InlineData("Microsoft.EntityFrameworkCore.DbContext", "Microsoft.EntityFrameworkCore")]
    [InlineData("Microsoft.AspNetCore.Http.HttpContext", "Microsoft.AspNetCore.Http.Abstractions")]
    [InlineData("System.CommandLine.Command", "System.CommandLine")]
    [InlineData("System.IO.File", "System.Runtime")]
    [InlineData("System.Net.Http.HttpClient", "System.Net.Http")]
    public void Domain_uses_no_package_and_no_device(string to, string assembly)
    {
        Assert.NotNull(Directions.Stated.Refusal(new Reference("Gatehouse.Domain.Account", to, assembly)));
        Assert.Null(Directions.Stated.Refusal(new Reference("Gatehouse.Data.Db", to, assembly)));
    }

    [Theory]
    [InlineData("System.Security.Cryptography.HMACSHA256", "System.Security.Cryptography")]
    [InlineData("System.Numerics.BigInteger", "System.Runtime.Numerics")]
    [InlineData("System.IO.MemoryStream", "System.Runtime")]
    public void Domain_uses_the_base_library(string to, string assembly) =>
        Assert.Null(Directions.Stated.Refusal(new Reference("Gatehouse.Domain.Account", to, assembly)));

    [Theory]
    [InlineData("A", "A:B", "B:A")]
    [InlineData("A", "A:B", "B:C", "C:A")]
    [InlineData("A", "A:A")]
    [InlineData(null, "A:B", "B:C", "A:C")]
    public void Circle_between_features_is_found(string? member, params string[] rows)
    {
        var features = rows.GroupBy(row => row.Split(':')[0], row => row.Split(':')[1])
            .ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group]);
        Assert.Equal(member, (Directions.Stated with { Features = features }).Circle());
    }

    [Theory]
    [InlineData("class Noun : Db;")]
    [InlineData("class Noun { Db? field; }")]
    [InlineData("class Noun { Db[]? Property { get; set; } }")]
    [InlineData("class Noun { Func<Task<Db>>? field; }")]
    [InlineData("class Noun { void M(Db parameter) { } }")]
    [InlineData("class Noun { void M(ref Db parameter) { } }")]
    [InlineData("class Noun<T> where T : Db;")]
    [InlineData("class Noun { void M<T>() where T : Db { } }")]
    [InlineData("[Mark(typeof(Db))] class Noun;")]
    [InlineData("class Noun { void M([Mark(null, Types = new[] { typeof(Db) })] int parameter) { } }")]
    [InlineData("class Noun { object M() => new Db(); }")]
    [InlineData("class Noun { void M() => Db.Open(); }")]
    [InlineData("class Noun { void M() => Db.Open<int>(7, 8, 9); }")]
    [InlineData("class Noun { int M() => Db.Count; }")]
    [InlineData("class Noun { bool M(object value) => value is Db; }")]
    [InlineData("class Noun { object M() => typeof(Db); }")]
    [InlineData("class Noun { void M() { try { } catch (DbFault) { } } }")]
    [InlineData("class Noun { Func<object> M() => () => new Db(); }")]
    [InlineData("class Noun { async Task M() { await Task.Yield(); Db.Open(); } }")]
    [InlineData("class Noun { System.Collections.Generic.IEnumerable<object> M() { yield return new Db(); } }")]
    [InlineData("class Noun { class Inner { void M() { void Local() => Db.Open(); Local(); } } }")]
    [InlineData("class Noun { int M(int n) { switch (n) { case 0: case 1: return 1; } Db.Open(); return 2; } }")]
    public void Use_is_seen_wherever_it_stands(string noun)
    {
        var references = CompiledCode.References(Specimen.Compile($$"""
            namespace Gatehouse.Data
            {
                public class Db
                {
                    public static int Count = 1;
                    public static void Open() { }
                    public static void Open<T>(params T[] all) { }
                }
                public class DbFault : Exception;
                public class MarkAttribute(Type? type) : Attribute { public Type? Type => type; public Type[]? Types; }
            }
            namespace Gatehouse.Domain
            {
                using Gatehouse.Data;
                {{noun}}
            }
            """)).Where(reference => reference.From == "Gatehouse.Domain.Noun").ToArray();

        Assert.Contains(references, reference => reference.To is "Gatehouse.Data.Db" or "Gatehouse.Data.DbFault");
        Assert.Contains(references, reference => Directions.Stated.Refusal(reference) is not null);
    }

    [Theory]
    [InlineData("src/Server/Apis/Temporal/Accounts.cs", "using Gatehouse.Data;", true)]
    [InlineData("src/Server/Apis/Temporal/Accounts.cs", "using static Gatehouse.Data.Db;", true)]
    [InlineData("src/Server/Apis/Temporal/Accounts.cs", "using Rows = Gatehouse.Data.Db;", true)]
    [InlineData("src/Server/WebConsole/Accounts/SignUp.razor", "@using Gatehouse.Data", true)]
    [InlineData("src/Server/Apis/Temporal/Accounts.cs", "using Gatehouse.Features.Accounts;", false)]
    [InlineData("src/Server/Program.cs", "using Gatehouse.Data;", false)]
    public void Import_is_judged_like_a_use(string path, string text, bool refused) =>
        Assert.Equal(refused, Imports.In(Repository.Of(path, text + "\n"))
            .Any(import => Directions.Stated.Refusal(import.Reference) is not null));

    [Theory]
    [InlineData("interface IClock; class Clock : IClock;", true)]
    [InlineData("interface IClock;", true)]
    [InlineData("interface IClock<T>; class Clock : IClock<int>;", true)]
    [InlineData("interface IClock; class Clock : IClock; class Stopped : IClock;", false)]
    [InlineData("interface IClock<T>; class Clock : IClock<int>; struct Stopped : IClock<long>;", false)]
    public void Interface_with_one_implementation_is_lonely(string types, bool lonely)
    {
        var assembly = Specimen.Compile($"namespace Gatehouse.Domain {{ {types} }}");
        Assert.Equal(lonely, CompiledCode.LonelyInterfaces(assembly).Any());
    }
}
