using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Gatehouse.Data;

/// <summary>What holds for every table of both databases.</summary>
internal static partial class Conventions
{
    private static readonly ValueConverter<DateTime, DateTime> Utc =
        new(time => time, time => DateTime.SpecifyKind(time, DateTimeKind.Utc));

    /// <summary>Names as people type them at a database prompt: <c>email_confirmed_at</c>.</summary>
    public static void UseSnakeCase(this ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            entity.SetTableName(Snake(entity.GetTableName()!));
            foreach (var property in entity.GetProperties()) property.SetColumnName(Snake(property.Name));
            entity.FindPrimaryKey()!.SetName($"{entity.GetTableName()}_key");
            foreach (var link in entity.GetForeignKeys())
                link.SetConstraintName($"{entity.GetTableName()}_{Snake(link.Properties[0].Name)}");
        }
    }

    /// <summary>Times are UTC; SQLite does not remember that.</summary>
    public static void ReadTimesAsUtc(this ModelBuilder model)
    {
        foreach (var property in model.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if (property.ClrType == typeof(DateTime) || property.ClrType == typeof(DateTime?))
                property.SetValueConverter(Utc);
        }
    }

    private static string Snake(string name) => Hump().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hump();
}
