namespace TcpConnLat.Doctor;

/// <summary>The table of <c>/proc/self/limits</c>.</summary>
internal static class LimitsFile
{
    /// <summary>The soft limit of a resource as the kernel writes it, or null without such a line.</summary>
    /// <param name="table">The text, or null.</param>
    /// <param name="resource">The name at the start of the line, for example <c>Max locked memory</c>.</param>
    public static string? SoftLimit(string? table, string resource)
    {
        foreach (ReadOnlySpan<char> line in table.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(resource, StringComparison.Ordinal))
            {
                ReadOnlySpan<char> columns = line[resource.Length..].Trim();
                int end = columns.IndexOf(' ');
                return (end < 0 ? columns : columns[..end]).ToString();
            }
        }

        return null;
    }
}
