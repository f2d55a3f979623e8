// The peer in the framework's own box: ASP.NET Core Identity's endpoints on PostgreSQL, as its documentation sets it
// up, without lockout and confirmation so that a load can be put on it.
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddDbContext<Users>(options => options.UseNpgsql(builder.Configuration["Database"]));
builder.Services.AddAuthorization();
builder.Services.AddIdentityApiEndpoints<IdentityUser>().AddEntityFrameworkStores<Users>();
var app = builder.Build();
using (var scope = app.Services.CreateScope())
    await scope.ServiceProvider.GetRequiredService<Users>().Database.EnsureCreatedAsync();
app.MapIdentityApi<IdentityUser>();
app.Run();

internal sealed class Users(DbContextOptions<Users> options) : IdentityDbContext<IdentityUser>(options);
