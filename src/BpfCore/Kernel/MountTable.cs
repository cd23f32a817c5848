using System.Text;

namespace BpfCore.Kernel;

/// <summary>Mounts of this process (<c>/proc/self/mountinfo</c>, <c>proc_pid_mountinfo(5)</c>).</summary>
internal static class MountTable
{
    private const int RootField = 3;
    private const int MountPointField = 4;

    /// <summary>Mount points that show the root of a file system of the given type, in mount order.</summary>
    public static List<string> Find(string mountInfo, string fileSystemType)
    {
        List<string> mountPoints = [];
        foreach (string line in mountInfo.Split('\n'))
        {
            // Optional fields stand before a lone dash, so the type is counted from there.
            string[] fields = line.Split(' ');
            int dash = Array.IndexOf(fields, "-", MountPointField < fields.Length ? MountPointField : 0);
            if (dash > MountPointField
                && dash + 1 < fields.Length
                && fields[dash + 1] == fileSystemType
                && fields[RootField] == "/")
            {
                mountPoints.Add(Unescape(fields[MountPointField]));
            }
        }

        return mountPoints;
    }

    /// <summary>Space, tab, newline and backslash are written as three octal digits: <c>\040</c>.</summary>
    private static string Unescape(string field)
    {
        StringBuilder text = new(field.Length);
        for (int i = 0; i < field.Length; i++)
        {
            if (field[i] == '\\' && i + 3 < field.Length)
            {
                text.Append((char)(((field[i + 1] - '0') << 6) | ((field[i + 2] - '0') << 3) | (field[i + 3] - '0')));
                i += 3;
            }
            else
            {
                text.Append(field[i]);
            }
        }

        return text.ToString();
    }
}
