namespace BpfCore.CoRe;

/// <summary>From a section and an instruction in it to the function that it belongs to.</summary>
internal sealed class CoReFunctionIndex
{
    private readonly CoReFunction[] _functions;

    public CoReFunctionIndex(IReadOnlyList<CoReFunction> functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        // By hand: copying a list of structures is compiled at every start under the JIT.
        _functions = new CoReFunction[functions.Count];
        for (int index = 0; index < _functions.Length; index++)
        {
            _functions[index] = functions[index];
        }

        Array.Sort(_functions, Compare);
    }

    /// <summary>The function, or null when none of the given ones holds the instruction.</summary>
    public CoReFunction? Find(string section, long instruction)
    {
        int low = 0;
        int high = _functions.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            CoReFunction function = _functions[middle];
            int order = string.CompareOrdinal(function.Section, section);
            if (order == 0 && function.Contains(instruction))
            {
                return function;
            }

            bool isBefore = order < 0 || (order == 0 && function.FirstInstruction < instruction);
            (low, high) = isBefore ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    private static int Compare(CoReFunction left, CoReFunction right)
    {
        int order = string.CompareOrdinal(left.Section, right.Section);
        return order != 0 ? order : left.FirstInstruction.CompareTo(right.FirstInstruction);
    }
}
